// SPDX-License-Identifier: MIT
#include "server-lite/net/listener.h"

#include "server-lite/net/httpwriter.h"

#include <QtCore/QTimer>
#include <QtNetwork/QTcpSocket>

namespace Hubbub
{

using namespace std::chrono_literals;

Listener::Listener(std::function<void(qintptr)> accept, ConnectionCount count, int maxConnections,
                   int backlog, QObject *parent)
    : QTcpServer(parent)
    , m_accept(std::move(accept))
    , m_count(std::move(count))
    , m_maxConnections(maxConnections)
{
    setListenBacklogSize(backlog);
    // QTcpServer stops accepting after an error such as "too many open files"; descriptors come back.
    connect(this, &QTcpServer::acceptError, this,
            [this] { QTimer::singleShot(100ms, this, [this] { resumeAccepting(); }); });
}

void Listener::incomingConnection(qintptr descriptor)
{
    if (m_count->fetch_add(1, std::memory_order_relaxed) >= m_maxConnections) {
        m_count->fetch_sub(1, std::memory_order_relaxed);
        refuse(descriptor);
        Q_EMIT refused();
        return;
    }
    m_accept(descriptor);
}

void Listener::refuse(qintptr descriptor)
{
    auto *socket = new QTcpSocket(this);
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    if (!socket->setSocketDescriptor(descriptor)) {
        socket->deleteLater();
        return;
    }
    socket->write(encodeResponse(
        {503, "text/plain; charset=utf-8", {{"Retry-After", "5"}}, "too many connections", true}, false));
    socket->disconnectFromHost();
    QTimer::singleShot(1s, socket, [socket] { socket->abort(); });
}

} // namespace Hubbub
