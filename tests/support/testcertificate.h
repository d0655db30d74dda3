// SPDX-License-Identifier: MIT
#pragma once

#include <QtNetwork/QSslConfiguration>

/// What a TLS server of the tests shows: a self-signed certificate for localhost with a key of its own, made
/// now. Thread: any.
QSslConfiguration testCertificate();
