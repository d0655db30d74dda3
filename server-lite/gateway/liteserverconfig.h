// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/gateway/chatuser.h"
#include "server-lite/transport/serveroptions.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QStringList>
#include <QtNetwork/QHostAddress>

namespace Hubbub
{

/// How a LiteServer is to run. Thread: any; a plain value.
struct LiteServerConfig {
    QHostAddress host = QHostAddress::LocalHost;
    quint16 port = 0; ///< 0: the system picks a free one
    EngineIo::IoPlace ioPlace = EngineIo::IoPlace::OwnThreads;
    int workers = 1; ///< I/O threads

    QString tlsCertificateFile, tlsKeyFile; ///< PEM; both or none; with them it serves https and wss

    int maxConnections = 100'000; ///< TCP connections at a time; further ones are refused with 503
    int maxConnectionsPerAddress = 0; ///< clients at a time; further ones are refused with 429; 0: no limit
    qint64 maxHeaderBytes = 16 * 1024; ///< of an HTTP request's head; more is refused with 431
    qint64 maxPayloadBytes = 1'000'000; ///< of one message or body; more is refused
    qint64 maxQueuedBytes = 16'000'000; ///< for one slow client, which is then closed
    /// In the chat, each a second, with twice that at once; who goes on regardless is blocked for a while.
    /// 0: no limit.
    int eventsPerConnection = 50;
    int eventsPerUser = 100;
    int eventsPerAddress = 1000; ///< a school or an office may be one address
    int connectsPerAddress = 50;
    QList<EngineIo::Network> trustedProxies; ///< whose X-Forwarded-For is believed
    std::chrono::milliseconds closeTimeout{30'000}; ///< a client's time to take what is left for it
    std::chrono::milliseconds drainTime{0}; ///< how long stop() waits for clients to leave by themselves

    QString
        dataDir; ///< for the history and the secret; empty: both are kept in memory and end with the server
    QByteArray jwtSecret; ///< at least 32 bytes; empty: made once, and kept in dataDir/jwt-secret
    /// In PEM: others sign the tokens, with RS256, ES256 or EdDSA as the key is. Excludes jwtSecret and
    /// guests, whose tokens the server signs.
    QByteArray jwtPublicKey;
    bool requireExp = true; ///< tokens without an end are refused

    QString title = QStringLiteral("Hubbub"); ///< for people
    bool allowGuests = false; ///< anybody who reaches the server may come in, by name only
    /// There before anybody joins; guests come into the first. An empty list becomes one "lobby" that bears
    /// the title.
    QList<FixedRoom> rooms;
    QStringList allowedOrigins; ///< of web pages from elsewhere, as EngineIo::ServerOptions has them
    QStringList allowedHosts; ///< names the server is reached by, likewise

    QString adminUsername; ///< empty: there is no namespace /admin
    QByteArray adminPasswordHash; ///< of crypt(3); PasswordHash::make() makes one
};

} // namespace Hubbub
