// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtNetwork/QSslConfiguration>

/// What a certificate of the tests says. Thread: any; a plain value.
struct TestCertificate {
    long validSeconds = 86'400; ///< from now on; also fewer than none
    QByteArray names = "DNS:localhost,IP:127.0.0.1"; ///< whom it is for, as OpenSSL writes it
    const QSslConfiguration *issuer = nullptr; ///< whose key signs it; its own without one
    bool isAuthority = false; ///< it may sign others
};

/// What a TLS server, or client, of the tests shows: a certificate with a key of its own, made now. Thread:
/// any.
QSslConfiguration testCertificate(const TestCertificate &wanted);

inline QSslConfiguration testCertificate(long validSeconds = 86'400)
{
    return testCertificate(TestCertificate{.validSeconds = validSeconds});
}
