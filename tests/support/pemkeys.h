// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>

/// A fresh key of OpenSSL's making, both halves in PEM. Thread: any; a plain value.
struct PemKeys {
    QByteArray privatePem;
    QByteArray publicPem;

    static PemKeys rsa(size_t bits = 2048) { return of(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", bits)); }
    static PemKeys ec(const char *curve = "P-256")
    {
        return of(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve));
    }
    static PemKeys other(const char *kind) { return of(EVP_PKEY_Q_keygen(nullptr, nullptr, kind)); }
    static PemKeys ed25519() { return other("ED25519"); }

private:
    using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
    static QByteArray text(const Bio &bio)
    {
        char *data = nullptr;
        const auto size = BIO_get_mem_data(bio.get(), &data);
        return QByteArray(data, qsizetype(size));
    }
    static PemKeys of(EVP_PKEY *made)
    {
        const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(made, &EVP_PKEY_free);
        const Bio secret(BIO_new(BIO_s_mem()), &BIO_free);
        const Bio open(BIO_new(BIO_s_mem()), &BIO_free);
        if (!key || PEM_write_bio_PUBKEY(open.get(), key.get()) != 1
            || PEM_write_bio_PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
            qFatal("OpenSSL makes no key");
        return {text(secret), text(open)};
    }
};
