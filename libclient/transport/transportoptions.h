// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/transport/servercertificate.h"
#include "libclient/transport/truststore.h"

#include <QtCore/QString>
#include <QtNetwork/QNetworkCookieJar>
#include <QtNetwork/QNetworkProxy>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace EngineIo
{

/// What all transports of one manager have in common. Thread: the manager's; a plain value.
struct TransportOptions {
    qint64 maxMessageSize = 64'000'000; ///< bytes of one incoming message; larger ones end the connection
    std::chrono::milliseconds requestTimeout{
        20'000}; ///< how long one HTTP request may stand still; 0 is for ever
    std::optional<QNetworkProxy> proxy; ///< the application's if not set
    std::shared_ptr<QNetworkCookieJar> cookies; ///< none are kept or sent without it
    std::shared_ptr<TrustStore> trustStore; ///< without it only the authorities count
    std::function<void(const ServerCertificate &)> certificateRejected; ///< before closed()
    bool timestampRequests =
        true; ///< polling: a parameter that differs each time, for caches that ignore headers
    QString timestampParam = QStringLiteral("t");
};

} // namespace EngineIo
