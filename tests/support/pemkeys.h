// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/auth/opensslobject.h"

#include <QtCore/QByteArray>

#include <openssl/pem.h>

/// What was written into it.
inline QByteArray pemText(BIO *memory)
{
    char *data = nullptr;
    const auto size = BIO_get_mem_data(memory, &data);
    return QByteArray(data, qsizetype(size));
}

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
    static PemKeys of(EVP_PKEY *made)
    {
        const Hubbub::OpenSslKey key(made);
        const Hubbub::OpenSslMemory secret(BIO_new(BIO_s_mem()));
        const Hubbub::OpenSslMemory open(BIO_new(BIO_s_mem()));
        if (!key || PEM_write_bio_PUBKEY(open.get(), key.get()) != 1
            || PEM_write_bio_PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
            qFatal("OpenSSL makes no key");
        return {pemText(secret.get()), pemText(open.get())};
    }
};
