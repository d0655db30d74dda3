// SPDX-License-Identifier: MIT
#include "tests/support/testcertificate.h"

#include "tests/support/pemkeys.h"

#include <QtCore/QRandomGenerator>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslKey>

#include <openssl/ec.h>
#include <openssl/x509v3.h>

using namespace Hubbub;

namespace
{

void extend(X509 *certificate, int extension, const QByteArray &value)
{
    X509_EXTENSION *made = X509V3_EXT_conf_nid(nullptr, nullptr, extension, value.constData());
    if (!made)
        qFatal("OpenSSL makes no extension of %s", value.constData());
    X509_add_ext(certificate, made, -1);
    X509_EXTENSION_free(made);
}

OpenSslKey keyOf(const QSslConfiguration &identity)
{
    const QByteArray pem = identity.privateKey().toPem();
    return OpenSslKey(PEM_read_bio_PrivateKey(openSslReader(pem).get(), nullptr, &noPassphrase, nullptr));
}

OpenSslCertificate certificateOf(const QSslConfiguration &identity)
{
    const QByteArray pem = identity.localCertificate().toPem();
    return OpenSslCertificate(PEM_read_bio_X509(openSslReader(pem).get(), nullptr, &noPassphrase, nullptr));
}

} // namespace

QSslConfiguration testCertificate(const TestCertificate &wanted)
{
    const OpenSslKey key(EVP_EC_gen("P-256"));
    const OpenSslCertificate certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()),
                     long(QRandomGenerator::global()->bounded(1, 1 << 30)));
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -7200);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), wanted.validSeconds);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME *name = X509_get_subject_name(certificate.get());
    const auto *host =
        reinterpret_cast<const unsigned char *>(wanted.isAuthority ? "authority" : "localhost");
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, host, -1, -1, 0);
    if (wanted.isAuthority)
        extend(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    else
        extend(certificate.get(), NID_subject_alt_name, wanted.names);
    if (wanted.issuer) {
        X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificateOf(*wanted.issuer).get()));
        X509_sign(certificate.get(), keyOf(*wanted.issuer).get(), EVP_sha256());
    } else {
        X509_set_issuer_name(certificate.get(), name);
        X509_sign(certificate.get(), key.get(), EVP_sha256());
    }

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
