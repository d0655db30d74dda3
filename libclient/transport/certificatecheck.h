// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"
#include "libclient/transport/transportoptions.h"

#include <QtCore/QUrl>

#include <optional>

class QSslCertificate;
class QSslConfiguration;
class QSslError;

namespace EngineIo
{

/// Decides for one connection whether the certificate its server shows is the right one: the one the server
/// is known by in the trust store, or else one that the authorities vouch for. Thread: the connection's.
class CertificateCheck
{
public:
    CertificateCheck(const QUrl &url, TransportOptions options);

    /// What the connection is to be made with. It always verifies; of a server that is known no authority is
    /// believed, so that its certificate comes before accepts() in any case; nor is a session resumed.
    QSslConfiguration prepared(QSslConfiguration configuration) const;

    /// What the socket's sslErrors() asks. If not, the options' certificateRejected is told.
    bool accepts(const QSslCertificate &shown, const QList<QSslError> &problems);

    /// To be asked when the connection is encrypted: the certificate of a known server was seen and is its.
    bool isSatisfied() const { return !m_rejection && (m_accepted || !isHeld()); }

    /// Why the certificate was not accepted: "untrusted-certificate", "certificate-changed", or what the
    /// trust store said.
    const std::optional<Hubbub::Error> &rejection() const { return m_rejection; }

private:
    bool isHeld() const { return m_known || m_storeError; }

    QString m_server; ///< in the trust store
    QString m_where; ///< for people
    TransportOptions m_options;
    std::optional<QByteArray> m_known;
    std::optional<Hubbub::Error> m_storeError;
    std::optional<Hubbub::Error> m_rejection;
    bool m_accepted = false;
};

/// True for the errors that only a person's decision can mend: those of CertificateCheck.
bool isDistrust(const Hubbub::Error &error);

} // namespace EngineIo
