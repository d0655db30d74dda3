// SPDX-License-Identifier: MIT
#include "libclient/transport/certificatecheck.h"

#include "libclient/transport/servercertificate.h"
#include "libclient/transport/transporterror.h"

#include <QtCore/QCryptographicHash>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QSslError>
#include <QtNetwork/QSslSocket>

using namespace Qt::StringLiterals;

namespace EngineIo
{

namespace
{

Hubbub::Error rejectionOf(const ServerCertificate &certificate, const QString &where)
{
    const QString cause = u"%1; it shows %2"_s.arg(certificate.problems.join("; "_L1),
                                                   fingerprintText(certificate.fingerprint));
    if (certificate.known.isEmpty())
        return {u"untrusted-certificate"_s,
                u"The server at %1 could not prove that it is the right one."_s.arg(where), cause};
    return {
        u"certificate-changed"_s,
        u"The server at %1 shows another certificate than the one it is known by. Someone may be pretending "
        u"to be it."_s.arg(where),
        cause};
}

} // namespace

QString trustedName(const QUrl &url)
{
    const QString host = url.host().toLower();
    return u"%1:%2"_s.arg(host.contains(u':') ? u'[' + host + u']' : host).arg(url.port(443));
}

QString fingerprintText(const QByteArray &fingerprint)
{
    return u"SHA256:"_s + QString::fromLatin1(fingerprint.toHex(':').toUpper());
}

CertificateCheck::CertificateCheck(const QUrl &url, TransportOptions options)
    : m_server(trustedName(url))
    , m_where(hostAndPort(url))
    , m_options(std::move(options))
{
    if (!m_options.trustStore)
        return;
    if (const Hubbub::Result<std::optional<QByteArray>> known = m_options.trustStore->fingerprintOf(m_server))
        m_known = *known;
    else
        m_storeError = known.error();
}

QSslConfiguration CertificateCheck::prepared(QSslConfiguration configuration) const
{
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    // A session that is resumed shows no certificate to accepts().
    configuration.setSslOption(QSsl::SslOptionDisableSessionSharing, true);
    configuration.setSslOption(QSsl::SslOptionDisableSessionTickets, true);
    if (isHeld())
        configuration.setCaCertificates({});
    return configuration;
}

bool CertificateCheck::accepts(const QSslCertificate &shown, const QList<QSslError> &problems)
{
    ServerCertificate certificate;
    certificate.server = m_server;
    certificate.fingerprint = shown.digest(QCryptographicHash::Sha256);
    certificate.known = m_known.value_or(QByteArray());
    m_accepted = !shown.isNull() && m_known == certificate.fingerprint && !m_storeError;
    if (m_accepted)
        return true;
    if (m_storeError) {
        m_rejection = m_storeError;
        return false;
    }
    certificate.subject = shown.subjectDisplayName();
    certificate.issuer = shown.issuerDisplayName();
    certificate.validFrom = shown.effectiveDate();
    certificate.validTo = shown.expiryDate();
    if (m_known) {
        certificate.problems = {u"the certificate is not %1"_s.arg(fingerprintText(*m_known))};
    } else {
        for (const QSslError &problem : problems)
            certificate.problems += problem.errorString();
        certificate.problems.removeDuplicates();
    }
    m_rejection = rejectionOf(certificate, m_where);
    if (m_options.certificateRejected)
        m_options.certificateRejected(certificate);
    return false;
}

bool isDistrust(const Hubbub::Error &error)
{
    return error.code == "untrusted-certificate"_L1 || error.code == "certificate-changed"_L1
           || error.code == "trust-store-unreadable"_L1;
}

} // namespace EngineIo
