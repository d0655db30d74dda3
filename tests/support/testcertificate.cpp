// SPDX-License-Identifier: MIT
#include "tests/support/testcertificate.h"

#include "tests/support/pemkeys.h"

#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslKey>

#include <openssl/ec.h>

using namespace Hubbub;

QSslConfiguration testCertificate(long validSeconds)
{
    const OpenSslKey key(EVP_EC_gen("P-256"));
    const OpenSslCertificate certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -7200);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), validSeconds);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME *name = X509_get_subject_name(certificate.get());
    const auto *host = reinterpret_cast<const unsigned char *>("localhost");
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, host, -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    X509_sign(certificate.get(), key.get(), EVP_sha256());

    const OpenSslMemory keyText(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(keyText.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    const OpenSslMemory certificateText(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(certificateText.get(), certificate.get());

    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPrivateKey(QSslKey(pemText(keyText.get()), QSsl::Ec));
    configuration.setLocalCertificate(QSslCertificate(pemText(certificateText.get())));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    return configuration;
}
