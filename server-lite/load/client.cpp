// SPDX-License-Identifier: MIT
#include "server-lite/load/client.h"

#include "server-lite/load/options.h"
#include "server-lite/load/packet.h"
#include "server-lite/load/process.h"

namespace Load
{

namespace
{

/// The value of a key of a flat JSON object, as it stands there; the open packet needs no more.
std::string_view valueOf(std::string_view json, std::string_view key)
{
    const auto at = json.find(key);
    return at == std::string_view::npos ? std::string_view() : json.substr(at + key.size());
}

/// What an error object says, or all of it.
std::string_view messageOf(std::string_view json)
{
    const auto message = valueOf(json, "\"message\":\"");
    return message.empty() ? json : message.substr(0, message.find('"'));
}

} // namespace

Client::Client(const Options &options, Listener &listener, std::size_t number)
    : m_options(options)
    , m_listener(listener)
    , m_number(number)
{
    PollingTransport::Owner &self = *this; // which its base is private for others
    if (options.way != Way::Polling)
        m_webSocket = std::make_unique<WebSocketTransport>(options, self);
    if (options.way != Way::WebSocket)
        m_polling = std::make_unique<PollingTransport>(options, self);
}

void Client::start(const Network &network)
{
    m_network = network;
    m_startedAt = nanoseconds();
    m_state = State::Opening;
    m_upgrade = Upgrade::None;
    m_isAccepted = false;
    m_transport = m_polling ? static_cast<Transport *>(m_polling.get()) : m_webSocket.get();
    m_transport->open(network, {});
}

void Client::leave()
{
    if (m_state == State::Joined)
        send(packetHead("1", m_options.nsp));
    close();
}

void Client::close()
{
    if (m_webSocket)
        m_webSocket->close();
    if (m_polling)
        m_polling->close();
    m_state = State::New;
}

void Client::stopReading()
{
    m_transport->stopReading();
}

void Client::send(std::string_view packet)
{
    m_transport->send(packet);
}

void Client::lose(const std::string &why)
{
    const bool wasThere = m_state == State::Joined;
    close();
    m_state = State::Lost;
    m_listener.lost(*this, wasThere, why);
}

void Client::opened(Transport &transport)
{
    if (m_upgrade == Upgrade::Probing)
        transport.send("2probe");
}

void Client::packet(Transport &transport, std::string_view packet)
{
    if (packet.empty())
        return;
    switch (packet.front()) { // the types of Engine.IO
    case '0':
        return takeOpen(packet);
    case '1':
        return ended(transport, "the server closed the session");
    case '2':
        return send("3");
    case '3':
        if (m_upgrade == Upgrade::Probing && &transport == m_webSocket.get()) {
            m_upgrade = Upgrade::Pausing;
            m_polling->pause();
        }
        return;
    case '4':
        return takeMessage(packet.substr(1));
    default:
        return;
    }
}

void Client::takeOpen(std::string_view handshake)
{
    m_state = State::Joining;
    send(packetHead("0", m_options.nsp) + m_options.auth);
    if (m_options.way != Way::Upgrade)
        return;
    const auto upgrades = valueOf(handshake, "\"upgrades\":[");
    if (upgrades.substr(0, upgrades.find(']')).find("\"websocket\"") == std::string_view::npos)
        return lose("the server offers no upgrade to WebSocket");
    auto sid = valueOf(handshake, "\"sid\":\"");
    sid = sid.substr(0, sid.find('"'));
    m_upgrade = Upgrade::Probing;
    m_webSocket->open(m_network, std::string(sid));
}

void Client::paused(PollingTransport &)
{
    m_upgrade = Upgrade::Done;
    m_transport = m_webSocket.get();
    m_transport->send("5");
    std::string queue = m_polling->takeQueue();
    m_polling->close();
    for (std::string_view rest = queue; !rest.empty();) {
        const auto at = rest.find('\x1e');
        m_transport->send(rest.substr(0, at));
        rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + 1);
    }
    checkJoined();
}

void Client::takeMessage(std::string_view message)
{
    const Packet packet = Packet::read(message, m_options.nsp);
    switch (packet.type) {
    case '0':
        m_isAccepted = true;
        return checkJoined();
    case '1':
        return lose("the server ended the namespace " + m_options.nsp);
    case '2':
    case '5':
        if (const auto rest = packet.argumentsOf(m_options.event))
            m_listener.received(*this, *rest);
        return;
    case '3':
    case '6':
        if (packet.id)
            m_listener.acknowledged(*this, *packet.id);
        return;
    case '4':
        return lose("the server refuses namespace " + m_options.nsp + ": "
                    + std::string(messageOf(packet.data)));
    default:
        return;
    }
}

void Client::checkJoined()
{
    if (m_state != State::Joining || !m_isAccepted
        || (m_options.way == Way::Upgrade && m_upgrade != Upgrade::Done))
        return;
    m_state = State::Joined;
    m_listener.joined(*this);
}

void Client::binary(Transport &)
{
    if (m_state == State::Joining && !m_isAccepted)
        lose("the server answers in binary: it speaks with another parser, such as MessagePack");
}

void Client::ended(Transport &transport, const std::string &why)
{
    if (m_state == State::Opening && why == "the server closed the connection")
        return lose(why + " before it answered: "
                    + (m_options.secure ? "it has no Socket.IO at that path"
                                        : "it speaks TLS (try https://), or has no Socket.IO at that path"));
    if (m_state == State::Joining && !m_isAccepted)
        return lose(why + " when asked for namespace " + m_options.nsp
                    + ": it may speak with another parser, such as MessagePack");
    if (&transport == m_webSocket.get() && m_transport != &transport)
        return lose("the upgrade to WebSocket failed: " + why);
    lose(why);
}

} // namespace Load
