// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"
#include "server-lite/core/middleware.h"

#include <QtCore/QCborMap>

/// How a middleware says no. Thread: the server's; pure functions.
namespace Hubbub::Refusals
{

/// Refuses an event: whoever asked for an answer gets {success: false, error: {code, message, …more}}.
void refuse(const SocketIo::Event &event, const SocketIo::Next &next, const Error &error,
            const QCborMap &more = {});
/// Refuses a connection: the client gets a connect error with the message and the data {code, …more}.
void refuse(const SocketIo::Next &next, const Error &error, const QCborMap &more = {});

} // namespace Hubbub::Refusals
