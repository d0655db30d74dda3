// SPDX-License-Identifier: MIT
#include "server-lite/transport/websocketacceptor.h"

#include "server-lite/net/socketstream.h"
#include "server-lite/transport/streamwebsocket.h"

#ifdef Q_OS_LINUX
#include "server-lite/net/epollsocket.h"
#endif

namespace EngineIo
{

std::unique_ptr<WebSocketTransport> WebSocketAcceptor::accept(std::unique_ptr<QTcpSocket> socket,
                                                              const QByteArray &key,
                                                              const QByteArray &subprotocol,
                                                              qsizetype headBytes)
{
#ifdef Q_OS_LINUX
    if (auto *direct = qobject_cast<Hubbub::EpollSocket *>(socket.get())) {
        socket.release()->deleteLater();
        QByteArray unread;
        auto stream = direct->takeStream(unread);
        QByteArray answer = stream ? m_handshake.answerTo(key, subprotocol) : QByteArray();
        if (answer.isEmpty())
            return nullptr;
        return std::make_unique<StreamWebSocket<Hubbub::EpollStream>>(std::move(*stream), std::move(answer),
                                                                      unread.sliced(headBytes), m_options,
                                                                      m_deadlines, m_counters);
    }
#endif
    QByteArray answer = m_handshake.answerTo(key, subprotocol);
    QByteArray early = socket->readAll();
    if (answer.isEmpty() || early.size() < headBytes) {
        socket.release()->deleteLater(); // it may be reading
        return nullptr;
    }
    early.remove(0, headBytes);
    return std::make_unique<StreamWebSocket<Hubbub::SocketStream>>(
        std::move(socket), std::move(answer), std::move(early), m_options, m_deadlines, m_counters);
}

} // namespace EngineIo
