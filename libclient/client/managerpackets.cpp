// SPDX-License-Identifier: MIT
// The packets between the engine and the namespaces, and who watches them; the connection's life is in
// manager_p.cpp.
#include "libclient/client/logging.h"
#include "libclient/client/manager_p.h"
#include "libclient/client/socket_p.h"

using namespace Qt::StringLiterals;

namespace SocketIo
{

void Manager::Private::send(const EncodedPacket &messages)
{
    m_bytesLastSent = 0;
    for (const EngineIo::Message &message : messages)
        m_bytesLastSent += message.data.size();
    ++counted.packetsSent;
    counted.bytesSent += quint64(m_bytesLastSent);
    engine->send(messages);
}

void Manager::Private::showToTaps(TappedPacket packet)
{
    post([this, packet = std::move(packet)] {
        const QPointer<Manager> alive(q);
        const std::vector<Tap> now = taps; // one of them may end the tapping
        for (const Tap &tap : now) {
            if (tap.context)
                tap.show(packet);
            if (!alive)
                return;
        }
        std::erase_if(taps, [](const Tap &tap) { return !tap.context; });
    });
}

void Manager::Private::breakOff(const QString &what)
{
    engine->fail(u"parse error"_s,
                 {u"parse-error"_s, u"The server broke the protocol, so the connection was closed."_s, what});
}

void Manager::Private::messageReceived(const EngineIo::Message &message)
{
    m_bytesOfPacket += message.data.size();
    counted.bytesReceived += quint64(message.data.size());
    Hubbub::Result<std::optional<Packet>> packet = m_decoder->add(message);
    if (!packet) {
        const Notifier::Turn turn(notifier);
        breakOff(packet.error().code + u": "_s + packet.error().cause);
    } else if (*packet) {
        packetReceived(**std::move(packet));
    }
}

void Manager::Private::packetReceived(Packet &&packet)
{
    ++counted.packetsReceived;
    const qint64 bytes = std::exchange(m_bytesOfPacket, 0);
    Socket *socket = socketOf(packet.nsp);
    // Nothing of us changes over an event, so its handlers can be called straight.
    if (socket && packet.type == PacketType::Event && !hasTap() && notifier->isIdle()
        && socket->d->isConnected()) {
        socket->d->deliver(std::move(packet)); // may destroy us
        return;
    }
    const Notifier::Turn turn(notifier);
    if (hasTap())
        showToTaps({TappedPacket::Direction::In, packet, bytes});
    if (socket)
        socket->d->onPacket(std::move(packet));
    else
        qCDebug(lcManager) << "packet for a namespace nobody asked for";
}

/// Packets come for the same namespace again and again, which is found without hashing its name.
Socket *Manager::Private::socketOf(const QString &nsp)
{
    if (!m_lastSocket || m_lastSocket->d->nsp != nsp)
        m_lastSocket = sockets.value(nsp);
    return m_lastSocket;
}

} // namespace SocketIo
