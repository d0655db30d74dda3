// SPDX-License-Identifier: MIT
#include "server-lite/load/websockettransport.h"

#include "server-lite/load/httpanswer.h"
#include "server-lite/load/options.h"

namespace Load
{

void WebSocketTransport::open(const Network &network, const std::string &sid)
{
    m_isUpgraded = false;
    m_sid = sid;
    m_fragments.clear();
    m_stream.open(network);
}

void WebSocketTransport::close()
{
    m_stream.close();
}

void WebSocketTransport::connected(Stream &stream)
{
    stream.output() += "GET " + m_options.target("websocket", m_sid) + " HTTP/1.1\r\n" + m_options.headers()
                       + "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                         "Sec-WebSocket-Key: aHViYnViLWxvYWQtMTYtYg==\r\nSec-WebSocket-Version: 13\r\n\r\n";
}

void WebSocketTransport::send(std::string_view packet)
{
    if (!m_stream.isOpen())
        return;
    appendFrame(m_stream.output(), Opcode::Text, packet);
    m_stream.flush();
}

std::size_t WebSocketTransport::received(Stream &stream, std::string_view bytes)
{
    std::size_t used = 0;
    if (!m_isUpgraded) {
        used = takeAnswer(bytes);
        if (!used || !stream.isOpen())
            return used;
    }
    while (stream.isOpen()) {
        const Frame frame = readFrame(bytes.substr(used));
        if (!frame.size)
            break;
        used += frame.size;
        takeFrame(frame);
    }
    return used;
}

std::size_t WebSocketTransport::takeAnswer(std::string_view bytes)
{
    const HttpAnswer answer = HttpAnswer::read(bytes);
    if (answer.reading == HttpAnswer::Reading::Incomplete)
        return 0;
    if (answer.reading == HttpAnswer::Reading::Malformed) {
        end(m_options.url + " does not speak HTTP");
        return 0;
    }
    if (answer.status != 101) {
        end(explainHttpAnswer(answer, m_options.url));
        return 0;
    }
    m_isUpgraded = true;
    m_owner.opened(*this);
    return answer.size;
}

void WebSocketTransport::takeFrame(const Frame &frame)
{
    switch (frame.opcode) {
    case Opcode::Text:
    case Opcode::Binary:
        if (!frame.final) {
            m_fragments.assign(frame.payload);
            m_fragmentsAreText = frame.opcode == Opcode::Text;
            return;
        }
        return frame.opcode == Opcode::Text ? m_owner.packet(*this, frame.payload) : m_owner.binary(*this);
    case Opcode::Continuation: {
        m_fragments.append(frame.payload);
        if (!frame.final)
            return;
        const std::string whole = std::move(m_fragments);
        m_fragments.clear();
        return m_fragmentsAreText ? m_owner.packet(*this, whole) : m_owner.binary(*this);
    }
    case Opcode::Close: {
        std::string why = "the server closed the WebSocket";
        if (frame.payload.size() >= 2) {
            const auto byte = [&](std::size_t i) { return unsigned(std::uint8_t(frame.payload[i])); };
            why += " with " + std::to_string(byte(0) << 8 | byte(1));
            if (frame.payload.size() > 2)
                why += ", " + std::string(frame.payload.substr(2));
        }
        return end(why);
    }
    case Opcode::Ping:
        appendFrame(m_stream.output(), Opcode::Pong, frame.payload);
        return m_stream.flush();
    case Opcode::Pong:
        return;
    }
}

void WebSocketTransport::ended(Stream &, const std::string &why)
{
    m_owner.ended(*this, why);
}

void WebSocketTransport::end(const std::string &why)
{
    close();
    m_owner.ended(*this, why);
}

} // namespace Load
