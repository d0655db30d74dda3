// SPDX-License-Identifier: MIT
#include "libclient/client/manager.h"

#include "libclient/client/manager_p.h"
#include "libclient/client/socket_p.h"

using namespace Qt::StringLiterals;

namespace SocketIo
{

Manager::Manager(const QUrl &url, ManagerOptions options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, url, std::move(options)))
{
}

Manager::~Manager()
{
    d->notifier->stop();
    // One by one, since the end of an ack may run code of the application that changes the list.
    while (!d->sockets.isEmpty())
        delete *d->sockets.begin();
}

QUrl Manager::url() const
{
    return d->url;
}
const ManagerOptions &Manager::options() const
{
    return d->options;
}
Manager::ReadyState Manager::readyState() const
{
    return d->readyState;
}

QString Manager::transportName() const
{
    return d->readyState == ReadyState::Open ? d->engine->transportName() : QString();
}

namespace
{

QString withSlash(const QString &nsp)
{
    return nsp.startsWith(u'/') ? nsp : u'/' + nsp;
}

} // namespace

bool Manager::hasSocket(const QString &nsp) const
{
    return d->sockets.contains(withSlash(nsp));
}

Socket *Manager::socket(const QString &nsp, const SocketOptions &options)
{
    const QString name = withSlash(nsp);
    if (Socket *known = d->sockets.value(name))
        return known;
    auto *made = new Socket(this, name, options);
    d->sockets.insert(name, made);
    if (d->options.autoConnect)
        made->d->connectSoon();
    return made;
}

void Manager::open()
{
    d->open();
}
void Manager::close()
{
    d->close();
}
void Manager::reconnectNow()
{
    d->reconnectNow();
}
void Manager::setReachable(bool reachable)
{
    d->setReachable(reachable);
}

std::optional<EngineIo::ServerCertificate> Manager::untrustedCertificate() const
{
    return d->untrusted;
}

Hubbub::Result<void> Manager::trustCertificate(const QByteArray &fingerprint)
{
    return d->trustCertificate(fingerprint);
}

void Manager::setReconnection(bool reconnection)
{
    d->options.reconnection = reconnection;
}
void Manager::setReconnectionAttempts(int attempts)
{
    d->options.reconnectionAttempts = attempts;
}
void Manager::setReconnectionDelay(std::chrono::milliseconds delay)
{
    d->options.reconnectionDelay = delay;
    d->updateBackoff();
}
void Manager::setReconnectionDelayMax(std::chrono::milliseconds delay)
{
    d->options.reconnectionDelayMax = delay;
    d->updateBackoff();
}
void Manager::setRandomizationFactor(double factor)
{
    d->options.randomizationFactor = factor;
    d->updateBackoff();
}
void Manager::setTimeout(std::chrono::milliseconds timeout)
{
    d->options.timeout = timeout;
}

ClientStatistics Manager::statistics() const
{
    ClientStatistics all = d->counted;
    all.roundTrips = d->roundTrips.summary();
    return all;
}

void Manager::tap(QObject *context, PacketTap tap)
{
    d->taps.push_back({context, std::move(tap)});
}

void Manager::untap(const QObject *context)
{
    std::erase_if(d->taps,
                  [context](const auto &entry) { return !entry.context || entry.context == context; });
}

} // namespace SocketIo
