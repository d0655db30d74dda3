// SPDX-License-Identifier: MIT
#include "server-lite/transport/acceptedsocket.h"

#include <QtNetwork/QSslSocket>

#ifdef Q_OS_LINUX
#include "server-lite/net/epollsocket.h"
#endif

namespace EngineIo
{

namespace
{

std::unique_ptr<QTcpSocket> makeSocket(bool isSecure, const Hubbub::ConnectionCount &connections)
{
    std::unique_ptr<QTcpSocket> socket;
    if (isSecure)
        socket = std::make_unique<QSslSocket>();
#ifdef Q_OS_LINUX
    else if (auto direct = Hubbub::EpollSocket::create(connections))
        return direct;
#endif
    else
        socket = std::make_unique<QTcpSocket>();
    const auto counted = std::make_shared<Hubbub::CountedConnection>(connections);
    QObject::connect(socket.get(), &QObject::destroyed, socket.get(), [counted] {});
    return socket;
}

} // namespace

std::unique_ptr<QTcpSocket> socketFor(qintptr descriptor, const std::optional<QSslConfiguration> &tls,
                                      const Hubbub::ConnectionCount &connections)
{
    auto socket = makeSocket(tls.has_value(), connections);
    if (!socket->setSocketDescriptor(descriptor))
        return nullptr;
#ifndef Q_OS_LINUX // where the Listener's options are inherited
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    socket->setSocketOption(QAbstractSocket::KeepAliveOption, 1);
#endif
    if (auto *secure = qobject_cast<QSslSocket *>(socket.get())) {
        secure->setSslConfiguration(*tls);
        secure->startServerEncryption();
    }
    return socket;
}

} // namespace EngineIo
