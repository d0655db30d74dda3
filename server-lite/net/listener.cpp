// SPDX-License-Identifier: MIT
#include "server-lite/net/listener.h"

#include "server-lite/net/httpwriter.h"

#include <QtCore/QTimer>
#include <QtNetwork/QTcpSocket>

#ifdef Q_OS_LINUX
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#endif

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

Result<quint16> Listener::listenOn(const QHostAddress &address, quint16 port)
{
    if (!listen(address, port))
        return listenError(address, port);
#ifdef Q_OS_LINUX
    // Accepted sockets inherit these, which saves two system calls for each.
    const auto descriptor = int(socketDescriptor());
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
#endif
    return serverPort();
}

tl::unexpected<Error> Listener::listenError(const QHostAddress &address, quint16 port) const
{
    const QString cause = errorString();
    switch (serverError()) {
    case QAbstractSocket::AddressInUseError:
        return failure(QStringLiteral("address-in-use"),
                       QStringLiteral("Port %1 is already in use.").arg(port), cause);
    case QAbstractSocket::SocketAddressNotAvailableError:
        return failure(QStringLiteral("address-not-available"),
                       QStringLiteral("This computer does not have the address %1.").arg(address.toString()),
                       cause);
    case QAbstractSocket::SocketAccessError:
        return failure(QStringLiteral("permission-denied"),
                       QStringLiteral("Listening on port %1 is not permitted.").arg(port), cause);
    default:
        return failure(QStringLiteral("listen-failed"),
                       QStringLiteral("The server could not start listening."), cause);
    }
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
