// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"

#include <QtCore/QUrl>
#include <QtNetwork/QAbstractSocket>
#include <QtNetwork/QNetworkReply>

/// Socket failures as errors a person can act on. Thread: any; pure functions.
namespace EngineIo
{

/// What is known when opening a connection fails.
struct OpenFailure {
    QAbstractSocket::SocketError error = QAbstractSocket::UnknownSocketError;
    QUrl url;
    QString detail; ///< the socket's words
    bool reachedServer = false; ///< the TCP connection stood, so the answer was what failed
    QStringList certificateProblems; ///< why the certificate was not accepted, if it was not
};

/// Codes: "host-not-found", "connection-refused", "tls-error", "untrusted-certificate", "http-error",
/// "transport-error".
Hubbub::Error openError(const OpenFailure &failure);

/// What is known when an HTTP request fails.
struct RequestFailure {
    QNetworkReply::NetworkError error = QNetworkReply::UnknownNetworkError;
    QUrl url;
    QString detail; ///< Qt's words
    int status = 0; ///< 0 if there was no answer
    QByteArray body; ///< of the answer, or its beginning
    QUrl redirect; ///< where the answer sends us
    bool opened = false; ///< the session stood before
    QStringList certificateProblems;
};

/// Codes: those of openError(), "request-timeout", "proxy-error".
Hubbub::Error requestError(const RequestFailure &failure);

/// A connection that stood and broke. Codes: "transport-close", "transport-error".
Hubbub::Error brokenError(QAbstractSocket::SocketError error, const QUrl &url, const QString &detail);

/// A connection that was ended with a close frame (RFC 6455, 7.4). Codes: "transport-close",
/// "message-too-large", "parse-error".
Hubbub::Error closeFrameError(int closeCode, const QUrl &url, const QString &reason);

/// "chat.example.org:8443", as people write it; without the port that goes without saying.
QString hostAndPort(const QUrl &url);

} // namespace EngineIo
