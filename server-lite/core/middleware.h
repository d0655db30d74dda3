// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"
#include "libclient/protocol/event.h"

#include <QtCore/QCborValue>

#include <functional>
#include <optional>

namespace SocketIo
{

class ServerSocket;

/// Refuses a connection or an event: `message` and `data` go to the client as they are. Thread: any;
/// a plain value.
struct Refusal {
    QString message;
    QCborValue data = QCborValue(QCborValue::Undefined); ///< left out when undefined
};

/// Goes on with the chain, or ends it with a refusal. To be called once; may be called later.
using Next = std::function<void(std::optional<Refusal>)>;

/// Runs for each CONNECT to a namespace, before the socket counts as connected.
using ConnectMiddleware = std::function<void(ServerSocket &, Next)>;

/// Runs for each event of one socket, before its handlers. A refusal becomes the socket's error signal
/// ("event-refused"), and, if the client asked for an answer and the middleware gave none itself, the answer
/// {success: false, error: {code, message, data?}}; `data.code`, if it is text, is the code.
using EventMiddleware = std::function<void(const Event &, Next)>;

} // namespace SocketIo
