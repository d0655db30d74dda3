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

Socket *Manager::socket(const QString &nsp)
{
    const QString name = nsp.startsWith(u'/') ? nsp : u'/' + nsp;
    if (Socket *known = d->sockets.value(name))
        return known;
    auto *made = new Socket(this, name);
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

} // namespace SocketIo
