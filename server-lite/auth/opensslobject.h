// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

namespace Hubbub
{

template <auto Free>
struct OpenSslFree {
    template <typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};

/// Owns an object of OpenSSL, which is let go of by the function named. Thread: any, one at a time.
template <typename T, auto Free>
using OpenSslObject = std::unique_ptr<T, OpenSslFree<Free>>;
using OpenSslKey = OpenSslObject<EVP_PKEY, EVP_PKEY_free>;
using OpenSslCertificate = OpenSslObject<X509, X509_free>;
using OpenSslMemory = OpenSslObject<BIO, BIO_free_all>;

/// To read from; the text has to live as long.
inline OpenSslMemory openSslReader(const QByteArray &text)
{
    return OpenSslMemory(BIO_new_mem_buf(text.constData(), int(text.size())));
}

/// The answer to a PEM file that wants a passphrase. Without it, OpenSSL asks at the terminal.
inline int noPassphrase(char *, int, int, void *)
{
    return -1;
}

} // namespace Hubbub
