// SPDX-License-Identifier: MIT
// One attempt: its engine, until it is open or given up; when there is another is in manager_p.cpp.
#include "libclient/client/logging.h"
#include "libclient/client/manager_p.h"
#include "libclient/client/socket_p.h"
#include "libclient/transport/certificatecheck.h"

using namespace Qt::StringLiterals;

namespace SocketIo
{

void Manager::Private::startAttempt()
{
    const Hubbub::Result<void> target = checkTarget();
    untrusted.reset();
    ++connection;
    ++counted.attempts;
    setReadyState(ReadyState::Opening);
    const QList<Socket::Private *> active = activeSockets();
    for (Socket::Private *socket : active)
        socket->attemptStarted();
    if (!target) {
        onClosed(u"transport error"_s, target.error());
        return;
    }
    qCDebug(lcManager) << "attempt" << attempt << "to" << url.host() << url.port();
    engine = std::make_unique<EngineIo::Engine>(engineOptions());
    connect(engine.get(), &EngineIo::Engine::opened, this, &Private::onOpened);
    engine->setReceiver(this);
    connect(engine.get(), &EngineIo::Engine::closed, this, &Private::onClosed);
    connect(engine.get(), &EngineIo::Engine::pinged, this, [this] { ++counted.heartbeats; });
    connect(engine.get(), &EngineIo::Engine::upgraded, q, &Manager::upgraded);
    connect(engine.get(), &EngineIo::Engine::upgradeFailed, this, &Private::onUpgradeFailed);
    connect(engine.get(), &EngineIo::Engine::pinged, q, &Manager::pinged);
    connect(engine.get(), &EngineIo::Engine::bytesWritten, this, [this] {
        if (!std::exchange(flushWanted, false))
            return;
        const Notifier::Turn turn(notifier);
        const QList<Socket::Private *> waiting = activeSockets();
        for (Socket::Private *socket : waiting)
            socket->goOn();
    });
    m_bytesOfPacket = 0;
    m_decoder = options.parser->createDecoder(options.decoderLimits);
    if (options.timeout.count() > 0) {
        m_attemptTimer.start(int(options.timeout.count()), this);
        m_attemptDeadline.setRemainingTime(options.timeout, Qt::PreciseTimer);
    }
    engine->open();
}

void Manager::Private::onAttemptTooLong()
{
    engine->fail(
        u"transport error"_s,
        {u"connect-timeout"_s,
         u"The server at %1 did not answer in time. Check the address and the network."_s.arg(url.host()),
         u"no handshake within %1 ms"_s.arg(options.timeout.count())});
}

void Manager::Private::onOpened()
{
    const Notifier::Turn turn(notifier);
    m_attemptTimer.stop();
    maxPayload = engine->handshake().maxPayload;
    ++counted.connections;
    setReadyState(ReadyState::Open);
    post([this] { Q_EMIT q->opened(); });
    const QList<Socket::Private *> active = activeSockets();
    if (active.isEmpty())
        namespaceAnswered();
    // What is left of the attempt's time is the namespaces'.
    const auto left = options.timeout.count() > 0
                          ? std::max(std::chrono::milliseconds(1),
                                     std::chrono::milliseconds(m_attemptDeadline.remainingTime()))
                          : std::chrono::milliseconds(0);
    for (Socket::Private *socket : active)
        socket->transportOpened(left);
}

/// The session goes on with the server it has, and a person may still decide about the other certificate.
void Manager::Private::onUpgradeFailed(const Hubbub::Error &error)
{
    const Notifier::Turn turn(notifier);
    post([this, error] { Q_EMIT q->upgradeFailed(error); });
    if (EngineIo::isDistrust(error) && untrusted)
        post([this, certificate = *untrusted] { Q_EMIT q->certificateRejected(certificate); });
}

void Manager::Private::dropEngine()
{
    m_attemptTimer.stop();
    if (engine)
        untrusted.reset(); // it was an upgrade of it that met it
    if (engine && engine->state() == EngineIo::Engine::State::Open) {
        EngineIo::Engine *leaving = engine.release();
        leaving->setReceiver(nullptr);
        leaving->disconnect(this);
        leaving->disconnect(q);
        leaving->setParent(this);
        connect(leaving, &EngineIo::Engine::closed, leaving, &QObject::deleteLater);
        leaving->close();
    }
    engine.reset();
    setReadyState(ReadyState::Closed);
}

} // namespace SocketIo
