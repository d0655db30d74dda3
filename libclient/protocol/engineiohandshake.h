// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QStringList>

#include <chrono>

namespace EngineIo
{

/// The JSON of the open packet: five keys, in this order. Thread: any; a plain value.
struct Handshake {
    QString sid; ///< the session's secret, 20 characters; never shown to other peers
    QStringList upgrades; ///< transports the server offers from here
    std::chrono::milliseconds pingInterval{25'000};
    std::chrono::milliseconds pingTimeout{20'000};
    qint64 maxPayload = 1'000'000; ///< bytes of one long-polling body or one message

    friend bool operator==(const Handshake &, const Handshake &) = default;
};

QByteArray encodeHandshake(const Handshake &handshake);

/// Errors: "invalid-handshake", for anything that is not an object with the five keys in their types and
/// positive times (up to 10^9 ms). Only pingInterval may be 0, so that the two times together never are. Only
/// maxPayload may be missing: servers before Socket.IO 4.5 do not send it.
Hubbub::Result<Handshake> decodeHandshake(QByteArrayView json);

} // namespace EngineIo
