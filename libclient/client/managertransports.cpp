// SPDX-License-Identifier: MIT
#include "libclient/client/boottime.h"
#include "libclient/client/engineurl.h"
#include "libclient/client/manager_p.h"
#include "libclient/transport/pollingclienttransport.h"
#include "libclient/transport/pollingurl.h"
#include "libclient/transport/websocketclienttransport.h"

using namespace Qt::StringLiterals;

namespace SocketIo
{

namespace
{

std::unique_ptr<EngineIo::ClientTransport> makeTransport(const QString &name,
                                                         const EngineIo::TransportOptions &options)
{
    if (name == "polling"_L1)
        return std::make_unique<EngineIo::PollingClientTransport>(options);
    return std::make_unique<EngineIo::WebSocketClientTransport>(options);
}

} // namespace

EngineIo::EngineOptions Manager::Private::engineOptions() const
{
    const EngineIo::TransportOptions transport{.maxMessageSize = options.maxMessageSize,
                                               .requestTimeout = options.requestTimeout,
                                               .proxy = options.proxy,
                                               .cookies = m_cookies,
                                               .timestampRequests = options.timestampRequests,
                                               .timestampParam = options.timestampParam};
    EngineIo::EngineOptions engine;
    engine.clock = &bootTime;
    engine.transports = options.transports;
    engine.upgrade = options.upgrade;
    engine.tryAllTransports = options.tryAllTransports;
    engine.rememberUpgrade = options.rememberUpgrade;
    engine.transportTimeout = options.timeout / std::max<qsizetype>(1, options.transports.size());
    engine.makeTransport = options.transportFactory
                               ? options.transportFactory
                               : [transport](const QString &name) { return makeTransport(name, transport); };
    engine.makeRequest = [this](const QString &name, const QString &sid) {
        const Hubbub::Result<QUrl> target = engineUrl(url, options, name); // checked before the attempt
        QNetworkRequest request(sid.isEmpty() ? *target : EngineIo::withParameter(*target, u"sid"_s, sid));
        for (auto it = options.extraHeaders.cbegin(); it != options.extraHeaders.cend(); ++it)
            request.setRawHeader(it.key(), it.value());
        request.setSslConfiguration(options.tls.value_or(QSslConfiguration::defaultConfiguration()));
        return request;
    };
    return engine;
}

} // namespace SocketIo
