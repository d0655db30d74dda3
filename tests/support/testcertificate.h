// SPDX-License-Identifier: MIT
#pragma once

#include <QtNetwork/QSslConfiguration>

/// What a TLS server of the tests shows: a self-signed certificate for localhost with a key of its own, made
/// now and good for that many seconds from now on, also fewer than none. Thread: any.
QSslConfiguration testCertificate(long validSeconds = 86'400);
