// SPDX-License-Identifier: MIT
#include "libclient/client/boottime.h"
#include "libclient/client/engineurl.h"
#include "libclient/client/manager_p.h"
#include "libclient/transport/pollingclienttransport.h"
#include "libclient/transport/pollingurl.h"
#include "libclient/transport/websocketclienttransport.h"

#include <algorithm>

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

/// Nothing in it ends the line and begins another. Source: RFC 9110, 5.1 and 5.5.
bool isHeader(const QByteArray &name, const QByteArray &value)
{
    const auto isToken = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
               || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
    };
    const auto isText = [](char c) { return uchar(c) >= ' ' || c == '\t'; };
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), isToken)
           && std::all_of(value.begin(), value.end(), isText) && !value.contains('\x7f');
}

} // namespace

Hubbub::Result<void> Manager::Private::checkTarget() const
{
    if (const Hubbub::Result<QUrl> target = engineUrl(url, options, u"websocket"_s); !target)
        return tl::unexpected<Hubbub::Error>(target.error());
    for (auto it = options.extraHeaders.cbegin(); it != options.extraHeaders.cend(); ++it) {
        if (!isHeader(it.key(), it.value()))
            return Hubbub::failure(u"invalid-header"_s,
                                   u"\"%1\" cannot be sent as a header."_s.arg(QString::fromLatin1(it.key())),
                                   QString::fromLatin1(it.value().toPercentEncoding()));
    }
    return {};
}

EngineIo::EngineOptions Manager::Private::engineOptions()
{
    const EngineIo::TransportOptions transport{
        .maxMessageSize = options.maxMessageSize,
        .requestTimeout = options.requestTimeout,
        .proxy = options.proxy,
        .cookies = m_cookies,
        .trustStore = m_trustStore,
        .certificateRejected =
            [this](const EngineIo::ServerCertificate &certificate) { untrusted = certificate; },
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
