// SPDX-License-Identifier: MIT
#include "libclient/client/manager_p.h"

#include "libclient/client/boottime.h"
#include "libclient/client/logging.h"
#include "libclient/client/socket_p.h"
#include "libclient/transport/certificatecheck.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QPointer>
#include <QtCore/QThread>
#include <QtCore/QTimerEvent>
#include <QtNetwork/QHostAddress>
#include <QtNetwork/QNetworkInformation>

using namespace Qt::StringLiterals;

namespace SocketIo
{

namespace
{

ManagerOptions withQueryOf(const QUrl &url, ManagerOptions options)
{
    if (options.query.isEmpty())
        options.query = QUrlQuery(url);
    return options;
}

bool isThisMachine(const QString &host)
{
    return host == "localhost"_L1 || QHostAddress(host).isLoopback();
}

} // namespace

Manager::Private::Private(Manager *manager, const QUrl &server, ManagerOptions managerOptions)
    : q(manager)
    , url(server)
    , options(withQueryOf(server, std::move(managerOptions)))
    , m_trustStore(options.trustStore)
    , m_backoff({options.reconnectionDelay, options.reconnectionDelayMax, options.randomizationFactor})
{
    if (!m_trustStore)
        m_trustStore = std::make_shared<EngineIo::MemoryTrustStore>();
    if (options.withCredentials)
        m_cookies = std::make_shared<QNetworkCookieJar>();
    if (options.watchReachability)
        watchReachability();
}

Manager::Private::~Private() = default;

void Manager::Private::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_attemptTimer.timerId()) {
        m_attemptTimer.stop();
        onAttemptTooLong();
    } else if (event->timerId() == m_waitTimer.timerId()) {
        m_waitTimer.stop();
        reconnectNow();
    }
}

void Manager::Private::open()
{
    const Notifier::Turn turn(notifier);
    m_openedByHand = true;
    if (isWaiting())
        reconnectNow();
    else if (readyState == ReadyState::Closed)
        startAttempt();
}

void Manager::Private::close()
{
    const Notifier::Turn turn(notifier);
    m_openedByHand = false;
    stopWaiting();
    const Hubbub::Error error{u"closed-here"_s, u"The connection was closed on this side."_s, {}};
    const bool wasOpen = readyState == ReadyState::Open;
    dropEngine();
    if (wasOpen)
        post([this, error] { Q_EMIT q->closed(u"forced close"_s, error); });
    const QList<Socket::Private *> active = activeSockets();
    for (Socket::Private *socket : active)
        socket->connectionEnded(Sequel::Rest, u"forced close"_s, error);
}

void Manager::Private::reconnectNow()
{
    if (attempt == 0 || readyState != ReadyState::Closed || retryAt.isNull())
        return;
    const Notifier::Turn turn(notifier);
    m_waitTimer.stop();
    retryAt = {};
    post([this, number = attempt] { Q_EMIT q->reconnectAttempt(number); });
    startAttempt();
}

void Manager::Private::setReachable(bool reachable)
{
    if (reachable) {
        qCDebug(lcManager) << "the network is back";
        reconnectNow();
    } else if (readyState == ReadyState::Open && !isThisMachine(url.host())) {
        engine->fail(u"transport close"_s,
                     {u"network-lost"_s, u"This machine has lost its network."_s, u"told by the system"_s});
    }
}

Hubbub::Result<void> Manager::Private::trustCertificate(const QByteArray &fingerprint)
{
    if (!untrusted || untrusted->fingerprint != fingerprint)
        return Hubbub::failure(u"fingerprint-mismatch"_s,
                               u"This is not the certificate that %1 showed last."_s.arg(url.host()),
                               EngineIo::fingerprintText(fingerprint));
    if (Hubbub::Result<void> kept = m_trustStore->trust(untrusted->server, fingerprint); !kept)
        return kept;
    const Notifier::Turn turn(notifier);
    untrusted.reset();
    for (Socket *socket : std::as_const(sockets)) {
        if (socket->state() == ConnectionState::Untrusted)
            socket->d->connectToServer();
    }
    if (m_openedByHand && readyState == ReadyState::Closed)
        startAttempt();
    else if (engine)
        engine->tryUpgrade();
    return {};
}

void Manager::Private::watchReachability()
{
    // Qt keeps one for the program, made on its main thread; without a service that knows there is none.
    if (!QNetworkInformation::instance()) {
        if (!qApp || QThread::currentThread() != qApp->thread()
            || !QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability))
            return;
    }
    connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, this,
            [this](QNetworkInformation::Reachability reachability) {
                if (reachability != QNetworkInformation::Reachability::Unknown)
                    setReachable(reachability != QNetworkInformation::Reachability::Disconnected);
            });
}

void Manager::Private::updateBackoff()
{
    m_backoff.setOptions(
        {options.reconnectionDelay, options.reconnectionDelayMax, options.randomizationFactor});
}

void Manager::Private::socketActivated(Socket::Private *socket)
{
    if (readyState == ReadyState::Open)
        socket->transportOpened(options.timeout);
    else if (isWaiting())
        socket->joinWait();
    else if (readyState == ReadyState::Closed)
        startAttempt();
}

void Manager::Private::closeIfIdle()
{
    if (m_openedByHand || !activeSockets().isEmpty())
        return;
    stopWaiting();
    if (!engine)
        return;
    const bool wasOpen = readyState == ReadyState::Open;
    dropEngine();
    if (wasOpen)
        post([this] {
            Q_EMIT q->closed(
                u"forced close"_s,
                {u"closed-here"_s, u"The connection was closed: nobody needs it any more."_s, {}});
        });
}

void Manager::Private::forget(const QString &nsp)
{
    sockets.remove(nsp);
    m_lastSocket = nullptr;
}

void Manager::Private::namespaceAnswered()
{
    m_backoff.reset();
    if (attempt > 0)
        post([this, number = attempt] { Q_EMIT q->reconnected(number); });
    attempt = 0;
}

void Manager::Private::namespaceTimedOut(Socket::Private *socket)
{
    const Hubbub::Error error{u"connect-timeout"_s,
                              u"The server at %1 did not let us in or refuse us in time."_s.arg(url.host()),
                              u"no answer to CONNECT for %1"_s.arg(socket->nsp)};
    const QList<Socket::Private *> active = activeSockets();
    // Ending the connection would make the other namespaces pay for this one.
    const bool inUse = std::any_of(active.cbegin(), active.cend(),
                                   [](const Socket::Private *other) { return other->isConnected(); });
    if (inUse)
        socket->waitAlone(options.reconnectionDelayMax, error);
    else
        engine->fail(u"transport error"_s, error);
}

void Manager::Private::onClosed(const QString &reason, const Hubbub::Error &error)
{
    const Notifier::Turn turn(notifier);
    const bool wasOpen = readyState == ReadyState::Open;
    m_attemptTimer.stop();
    engine.reset();
    if (!EngineIo::isDistrust(error) || error.code == "trust-store-unreadable"_L1)
        untrusted.reset(); // an upgrade met it, and the session that went on has ended
    setReadyState(ReadyState::Closed);
    if (wasOpen)
        post([this, reason, error] { Q_EMIT q->closed(reason, error); });
    else
        post([this, error, again = attempt > 0] {
            Q_EMIT q->errorOccurred(error);
            if (again)
                Q_EMIT q->reconnectError(error);
        });

    const Sequel sequel = planSequel(error);
    const QList<Socket::Private *> active = activeSockets();
    for (Socket::Private *socket : active)
        socket->connectionEnded(sequel, reason, error);
    if (sequel == Sequel::Distrust && untrusted)
        post([this, certificate = *untrusted] { Q_EMIT q->certificateRejected(certificate); });
    if (sequel == Sequel::GiveUp && options.reconnection)
        post([this] { Q_EMIT q->reconnectFailed(); });
}

Manager::Private::Sequel Manager::Private::planSequel(const Hubbub::Error &error)
{
    if (EngineIo::isDistrust(error)) {
        stopWaiting();
        return Sequel::Distrust;
    }
    if (!m_openedByHand && activeSockets().isEmpty()) {
        stopWaiting();
        return Sequel::Rest;
    }
    const bool exhausted = options.reconnectionAttempts > 0 && attempt >= options.reconnectionAttempts;
    if (!options.reconnection || exhausted || error.code == "invalid-url"_L1
        || error.code == "invalid-header"_L1) {
        stopWaiting();
        m_openedByHand = false;
        return Sequel::GiveUp;
    }
    ++attempt;
    const std::chrono::milliseconds wait = m_backoff.next();
    retryAt = QDateTime::currentDateTimeUtc().addMSecs(wait.count());
    m_waitTimer.start(int(wait.count()), Qt::PreciseTimer, this);
    qCDebug(lcManager) << "attempt" << attempt << "in" << wait.count() << "ms, after" << error.code;
    return Sequel::Retry;
}

void Manager::Private::stopWaiting()
{
    m_waitTimer.stop();
    retryAt = {};
    attempt = 0;
    m_backoff.reset();
}

void Manager::Private::setReadyState(ReadyState state)
{
    if (readyState == state)
        return;
    readyState = state;
    post([this] { Q_EMIT q->readyStateChanged(); });
}

QList<Socket::Private *> Manager::Private::activeSockets() const
{
    QList<Socket::Private *> active;
    for (Socket *socket : sockets) {
        if (socket->d->active)
            active.append(socket->d.get());
    }
    return active;
}

} // namespace SocketIo
