// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"

#include <QtNetwork/QSslConfiguration>

namespace Hubbub
{

/// What a TLS server shows, from its two PEM files. Thread: any; a plain value.
struct TlsIdentity {
    QSslConfiguration configuration;
    QString warning; ///< a sentence about its dates, such as that it has expired; else empty

    /// The certificate's file may go on with its chain. Errors: "tls-file-unreadable",
    /// "tls-certificate-invalid", "tls-key-invalid" (also for one with a passphrase), "tls-key-mismatch".
    static Result<TlsIdentity> read(const QString &certificateFile, const QString &keyFile);
};

} // namespace Hubbub
