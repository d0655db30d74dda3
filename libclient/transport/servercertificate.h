// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QDateTime>
#include <QtCore/QMetaType>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace EngineIo
{

/// A certificate that was not accepted, as a person needs it to decide. Thread: any; a plain value.
struct ServerCertificate {
    QString server; ///< "host:port", the name it has in the trust store
    QByteArray fingerprint; ///< SHA-256, 32 bytes
    QByteArray known; ///< the fingerprint this server was known by; empty if it was not known
    QString subject; ///< as it calls itself; not to be believed
    QString issuer;
    QDateTime validFrom;
    QDateTime validTo;
    QStringList problems; ///< why it was not accepted, a sentence each
};

/// "SHA256:" and the bytes in pairs of capital hexadecimal digits with colons between, for people to compare.
QString fingerprintText(const QByteArray &fingerprint);

} // namespace EngineIo

Q_DECLARE_METATYPE(EngineIo::ServerCertificate)
