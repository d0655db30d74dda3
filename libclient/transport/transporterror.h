// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"

#include <QtCore/QUrl>
#include <QtNetwork/QAbstractSocket>

#include <optional>

/// Socket failures as errors a person can act on. Thread: any; pure functions.
namespace EngineIo
{

/// What is known when opening a connection fails.
struct OpenFailure {
    QAbstractSocket::SocketError error = QAbstractSocket::UnknownSocketError;
    QUrl url;
    QString detail; ///< the socket's words
    bool reachedServer = false; ///< the TCP connection stood, so the answer was what failed
    std::optional<Hubbub::Error> distrust{}; ///< the certificate was not accepted
};

/// Codes: "host-not-found", "connection-refused", "proxy-error", "tls-error", "client-certificate-required",
/// "http-error", "transport-error", and those of CertificateCheck.
Hubbub::Error openError(const OpenFailure &failure);

/// What is known when an HTTP request fails.
struct RequestFailure {
    enum class Kind : quint8 {
        Connection, ///< it could not be made, or was cut
        Silence, ///< nothing moved for too long
        Malformed, ///< what came was not HTTP
        Answer, ///< the server said something else than 200
    };
    Kind kind = Kind::Connection;
    QAbstractSocket::SocketError error = QAbstractSocket::UnknownSocketError; ///< of the connection
    QUrl url;
    QString detail;
    int status = 0; ///< 0 if there was no answer
    QByteArray body{}; ///< of the answer, or its beginning
    QUrl redirect{}; ///< where the answer sends us
    std::optional<Hubbub::Error> distrust{}; ///< the certificate was not accepted
};

/// `opened` says that the session stood before. Codes: those of openError(), "request-timeout",
/// "parse-error", "message-too-large".
Hubbub::Error requestError(const RequestFailure &failure, bool opened);

/// A connection that stood and broke. Codes: "transport-close", "transport-error".
Hubbub::Error brokenError(QAbstractSocket::SocketError error, const QUrl &url, const QString &detail);

/// A connection that was ended with a close frame (RFC 6455, 7.4). Codes: "transport-close",
/// "message-too-large", "parse-error".
Hubbub::Error closeFrameError(int closeCode, const QUrl &url, const QString &reason);

/// "chat.example.org:8443", as people write it; without the port that goes without saying.
QString hostAndPort(const QUrl &url);

bool isSecure(const QUrl &url); ///< https or wss

} // namespace EngineIo
