// SPDX-License-Identifier: MIT
#include "server-lite/gateway/liteserver.h"

#include "server-lite/auth/passwordhash.h"
#include "server-lite/gateway/admingateway.h"
#include "server-lite/gateway/chatgateway.h"
#include "server-lite/gateway/clientbundle.h"
#include "server-lite/gateway/filewatch.h"
#include "server-lite/gateway/guestpage.h"
#include "server-lite/gateway/logging.h"
#include "server-lite/gateway/serverkey.h"
#include "server-lite/gateway/statuspages.h"
#include "server-lite/gateway/tlsidentity.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QTimer>

#include <algorithm>
#include <optional>

namespace Hubbub
{

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace
{

constexpr int strikes = 100; // refusals, before somebody is blocked: more than who once came in a hurry gets

std::optional<RateLimit> perSecond(int events)
{
    if (events <= 0)
        return std::nullopt;
    RateLimit limit;
    limit.burst = 2 * events;
    limit.refill = std::max(std::chrono::milliseconds(1000 / events), 1ms);
    limit.strikes = strikes;
    return limit;
}

} // namespace

/// Members in the order in which they need each other; what is last goes first.
class LiteServer::Private
{
public:
    enum class State { Idle, Running, Stopping, Stopped };

    explicit Private(LiteServerConfig given)
        : config(std::move(given))
    {
        if (config.rooms.isEmpty())
            config.rooms = {{u"lobby"_s, config.title}};
    }

    Result<void> assemble(LiteServer *q);
    Result<void> prepareTls(LiteServer *q, EngineIo::ServerOptions &options);
    void tearDown();
    void goodbye(LiteServer *q);

    LiteServerConfig config;
    State state = State::Idle;
    std::optional<JwtKey> key;
    std::unique_ptr<HistoryStore> history;
    std::unique_ptr<SocketIo::Server> server;
    std::unique_ptr<AdminGateway> admin;
    std::unique_ptr<ChatGateway> chat;
    std::unique_ptr<GuestPage> guests;
    std::unique_ptr<StatusPages> status;
    std::unique_ptr<FileWatch> tlsFiles;
    QTimer drain; ///< looks whether everybody has left
    QDeadlineTimer drainEnd;
    HttpRouter router;
};

Result<void> LiteServer::Private::prepareTls(LiteServer *q, EngineIo::ServerOptions &options)
{
    if (config.tlsCertificateFile.isEmpty())
        return {};
    const auto identity = TlsIdentity::read(config.tlsCertificateFile, config.tlsKeyFile);
    if (!identity)
        return tl::unexpected<Error>(identity.error());
    if (!identity->warning.isEmpty())
        qCWarning(gatewayLog).noquote() << identity->warning;
    options.tls = identity->configuration;
    tlsFiles = std::make_unique<FileWatch>(QStringList{config.tlsCertificateFile, config.tlsKeyFile});
    connect(tlsFiles.get(), &FileWatch::changed, q, &LiteServer::reloadTls);
    return {};
}

Result<void> LiteServer::Private::assemble(LiteServer *q)
{
    if (!config.adminUsername.isEmpty()) {
        if (auto usable = PasswordHash::check(config.adminPasswordHash); !usable)
            return usable;
    }
    history = std::make_unique<HistoryStore>();
    if (auto opened = history->open(config.dataDir); !opened)
        return opened;
    if (!history->notice().isEmpty())
        qCWarning(gatewayLog).noquote() << history->notice();
    const auto loaded = ServerKey::load(config);
    if (!loaded)
        return tl::unexpected<Error>(loaded.error());
    key = *loaded;
    if (config.allowGuests && !key->canSign())
        return failure(u"guests-need-secret"_s,
                       u"Guests need a secret that signs their tokens; a public key signs nothing."_s);
    SocketIo::ServerOptions options;
    options.engine.workers = config.workers;
    options.engine.ioPlace = config.ioPlace;
    options.engine.allowedOrigins = config.allowedOrigins;
    options.engine.allowedHosts = config.allowedHosts;
    options.engine.maxConnections = config.maxConnections;
    options.engine.maxSessionsPerAddress = config.maxConnectionsPerAddress;
    options.engine.maxHeaderBytes = config.maxHeaderBytes;
    options.engine.maxHttpBufferSize = config.maxPayloadBytes;
    options.engine.maxQueuedBytes = config.maxQueuedBytes;
    options.engine.trustedProxies = config.trustedProxies;
    options.engine.closeTimeout = config.closeTimeout;
    if (auto ready = prepareTls(q, options.engine); !ready)
        return ready;
    server = std::make_unique<SocketIo::Server>(options);
    if (!config.adminUsername.isEmpty())
        admin = std::make_unique<AdminGateway>(server.get(), config.adminUsername, config.adminPasswordHash);
    JwtPolicy policy;
    policy.requireExpiry = config.requireExp;
    chat = std::make_unique<ChatGateway>(server.get(), history.get(), *key, policy, config.rooms);
    chat->setRateLimits({perSecond(config.eventsPerConnection), perSecond(config.eventsPerUser),
                         perSecond(config.eventsPerAddress), perSecond(config.connectsPerAddress)});
    guests = std::make_unique<GuestPage>(
        GuestPage::Options{config.title, config.rooms.first().id, config.allowGuests}, GuestTokens(*key));
    status = std::make_unique<StatusPages>(server.get(), chat.get());
    guests->addTo(router);
    ClientBundle::addTo(router);
    status->addTo(router);
    server->engine()->setHttpHandler([this](const HttpRequest &request, const HttpResponder &respond) {
        router.handle(request, respond);
    });
    connect(chat.get(), &ChatGateway::personJoined, q, &LiteServer::personJoined);
    connect(chat.get(), &ChatGateway::personLeft, q, &LiteServer::personLeft);
    connect(chat.get(), &ChatGateway::personRefused, q, &LiteServer::personRefused);
    return server->listen(config.host, config.port);
}

void LiteServer::Private::tearDown()
{
    if (server)
        server->engine()->setHttpHandler({});
    router = {};
    drain.stop();
    tlsFiles.reset();
    status.reset();
    guests.reset();
    chat.reset();
    admin.reset();
    server.reset();
    history.reset();
}

LiteServer::LiteServer(LiteServerConfig config, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(config)))
{
}

LiteServer::~LiteServer()
{
    if (d->chat)
        d->chat->disconnect(this);
    d->tearDown();
}

Result<void> LiteServer::start()
{
    Q_ASSERT(d->state == Private::State::Idle);
    auto started = d->assemble(this);
    if (!started) {
        d->tearDown();
        return started;
    }
    d->state = Private::State::Running;
    d->status->setReady(true);
    return {};
}

void LiteServer::reloadTls()
{
    if (!d->server || d->config.tlsCertificateFile.isEmpty())
        return;
    const auto identity = TlsIdentity::read(d->config.tlsCertificateFile, d->config.tlsKeyFile);
    if (!identity) {
        qCWarning(gatewayLog).noquote() << "The certificate in use stays:" << identity.error().message;
        return;
    }
    if (!identity->warning.isEmpty())
        qCWarning(gatewayLog).noquote() << identity->warning;
    d->server->engine()->setTls(identity->configuration);
    qCInfo(gatewayLog).noquote() << "New connections get the certificate now in"
                                 << d->config.tlsCertificateFile;
}

bool LiteServer::isRunning() const
{
    return d->state == Private::State::Running;
}

quint16 LiteServer::port() const
{
    return d->server ? d->server->port() : 0;
}

QUrl LiteServer::url() const
{
    return d->server ? d->server->url() : QUrl();
}

QString LiteServer::notice() const
{
    return d->history ? d->history->notice() : QString();
}

void LiteServer::stop()
{
    if (d->state != Private::State::Running)
        return;
    d->state = Private::State::Stopping;
    d->status->setReady(false);
    if (d->config.drainTime <= 0ms || d->server->engine()->sessionCount() == 0)
        return d->goodbye(this);
    d->drainEnd.setRemainingTime(d->config.drainTime, Qt::PreciseTimer);
    connect(&d->drain, &QTimer::timeout, this, [this] {
        if (d->drainEnd.hasExpired() || d->server->engine()->sessionCount() == 0)
            d->goodbye(this);
    });
    d->drain.start(std::min(d->config.drainTime, 100ms));
}

void LiteServer::Private::goodbye(LiteServer *q)
{
    drain.stop();
    chat->drain();
    const quint64 unsentBefore = server->engine()->counters().unsentCut;
    connect(server.get(), &SocketIo::Server::closed, q, [this, q, unsentBefore] {
        state = State::Stopped;
        const auto counters = server->engine()->counters();
        if (counters.lostCut > 0)
            qCWarning(gatewayLog).noquote()
                << counters.lostCut << "clients did not answer the goodbye and were cut";
        if (const quint64 cut = counters.unsentCut - unsentBefore; cut > 0)
            qCWarning(gatewayLog).noquote() << cut << "clients did not take the goodbye in time and were cut";
        Q_EMIT q->stopped();
    });
    history->flush(q, [this] { server->close(); });
}

qsizetype LiteServer::peopleCount() const
{
    return d->chat ? d->chat->peopleCount() : 0;
}

QByteArray LiteServer::issueToken(const QString &userId, const QString &username,
                                  std::chrono::hours lifetime) const
{
    return d->key && d->key->canSign() ? ServerKey::issueToken(*d->key, userId, username, lifetime)
                                       : QByteArray();
}

} // namespace Hubbub
