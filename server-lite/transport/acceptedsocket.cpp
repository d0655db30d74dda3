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

/// Counts a connection off when the last of it goes.
class CountedOff
{
public:
    explicit CountedOff(Hubbub::ConnectionCount connections)
        : m_connections(std::move(connections))
    {
    }
    ~CountedOff() { m_connections->fetch_sub(1, std::memory_order_relaxed); }
    Q_DISABLE_COPY_MOVE(CountedOff)

private:
    Hubbub::ConnectionCount m_connections;
};

std::unique_ptr<QTcpSocket> makeSocket(bool isSecure, const std::shared_ptr<CountedOff> &counted)
{
    std::unique_ptr<QTcpSocket> socket;
    if (isSecure)
        socket = std::make_unique<QSslSocket>();
#ifdef Q_OS_LINUX
    else if (auto direct = Hubbub::EpollSocket::create(counted))
        return direct;
#endif
    else
        socket = std::make_unique<QTcpSocket>();
    QObject::connect(socket.get(), &QObject::destroyed, socket.get(), [counted] {});
    return socket;
}

} // namespace

std::unique_ptr<QTcpSocket> socketFor(qintptr descriptor, const std::optional<QSslConfiguration> &tls,
                                      const Hubbub::ConnectionCount &connections)
{
    auto socket = makeSocket(tls.has_value(), std::make_shared<CountedOff>(connections));
    if (!socket->setSocketDescriptor(descriptor))
        return nullptr;
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    socket->setSocketOption(QAbstractSocket::KeepAliveOption, 1);
    if (auto *secure = qobject_cast<QSslSocket *>(socket.get())) {
        secure->setSslConfiguration(*tls);
        secure->startServerEncryption();
    }
    return socket;
}

} // namespace EngineIo
