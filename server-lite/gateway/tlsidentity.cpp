// SPDX-License-Identifier: MIT
#include "server-lite/gateway/tlsidentity.h"

#include "server-lite/auth/opensslobject.h"

#include <QtCore/QFile>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslKey>

#include <openssl/err.h>
#include <openssl/pem.h>

namespace Hubbub
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int daysOfWarning = 14;

Result<QByteArray> contents(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(u"tls-file-unreadable"_s,
                       u"Cannot read %1. Check that the file is there and may be read."_s.arg(path),
                       file.errorString());
    return file.readAll();
}

QString dateWarning(const QSslCertificate &certificate, const QString &path)
{
    const auto now = QDateTime::currentDateTimeUtc();
    const auto end = certificate.expiryDate().toUTC();
    if (end < now)
        return u"The certificate in %1 expired on %2; clients will refuse it."_s.arg(
            path, end.toString(Qt::ISODate));
    if (certificate.effectiveDate() > now)
        return u"The certificate in %1 counts only from %2 on; clients will refuse it until then."_s.arg(
            path, certificate.effectiveDate().toUTC().toString(Qt::ISODate));
    if (end < now.addDays(daysOfWarning))
        return u"The certificate in %1 expires on %2."_s.arg(path, end.toString(Qt::ISODate));
    return {};
}

Result<QSslKey> readKey(const QByteArray &text, const QByteArray &certificateText,
                        const QString &certificateFile, const QString &keyFile)
{
    const OpenSslKey key(PEM_read_bio_PrivateKey(openSslReader(text).get(), nullptr, &noPassphrase, nullptr));
    const OpenSslCertificate certificate(
        PEM_read_bio_X509(openSslReader(certificateText).get(), nullptr, nullptr, nullptr));
    const bool isMatch = key && certificate && X509_check_private_key(certificate.get(), key.get()) == 1;
    ERR_clear_error(); // ours to clean up: Qt reads the same queue
    if (!key)
        return failure(u"tls-key-invalid"_s,
                       u"%1 holds no private key as PEM, or one that needs a passphrase."_s.arg(keyFile));
    if (!isMatch)
        return failure(u"tls-key-mismatch"_s, u"The key in %1 is not that of the certificate in %2."_s.arg(
                                                  keyFile, certificateFile));
    const int kind = EVP_PKEY_base_id(key.get());
    const QSslKey known(text, kind == EVP_PKEY_EC ? QSsl::Ec : QSsl::Rsa);
    if (known.isNull())
        return failure(u"tls-key-invalid"_s,
                       u"The key in %1 is of a kind that is not supported. Use RSA or ECDSA."_s.arg(keyFile));
    return known;
}

} // namespace

Result<TlsIdentity> TlsIdentity::read(const QString &certificateFile, const QString &keyFile)
{
    const auto certificateText = contents(certificateFile);
    if (!certificateText)
        return tl::unexpected<Error>(certificateText.error());
    const auto chain = QSslCertificate::fromData(*certificateText, QSsl::Pem);
    if (chain.isEmpty())
        return failure(u"tls-certificate-invalid"_s,
                       u"%1 holds no certificate as PEM."_s.arg(certificateFile));
    const auto keyText = contents(keyFile);
    if (!keyText)
        return tl::unexpected<Error>(keyText.error());
    const auto key = readKey(*keyText, *certificateText, certificateFile, keyFile);
    if (!key)
        return tl::unexpected<Error>(key.error());
    TlsIdentity identity;
    identity.configuration = QSslConfiguration::defaultConfiguration();
    identity.configuration.setLocalCertificateChain(chain);
    identity.configuration.setPrivateKey(*key);
    identity.configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    identity.configuration.setProtocol(QSsl::TlsV1_2OrLater);
    identity.warning = dateWarning(chain.first(), certificateFile);
    return identity;
}

} // namespace Hubbub
