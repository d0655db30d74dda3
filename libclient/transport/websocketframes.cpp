// SPDX-License-Identifier: MIT
#include "libclient/transport/websocketframes.h"

#include "libclient/protocol/closepayload.h"

#include <QtCore/QRandomGenerator>

#include <array>
#include <bit>

using namespace Qt::StringLiterals;

namespace EngineIo
{

using Hubbub::WebSocketItem;
using Hubbub::WebSocketOpcode;

namespace
{

/// Answers to pings that a peer does not read pile up no further than this.
constexpr qint64 mostUnreadAnswers = 64 * 1024;

/// Nobody may foresee it (RFC 6455, 10.3).
std::array<char, 4> freshMask()
{
    return std::bit_cast<std::array<char, 4>>(QRandomGenerator::system()->generate());
}

} // namespace

WebSocketFrames::WebSocketFrames(QTcpSocket *socket, Listener *listener, qint64 maxMessageBytes)
    : m_socket(socket)
    , m_listener(listener)
    , m_decoder(Hubbub::WebSocketDecoder::Peer::Server, maxMessageBytes)
{
    socket->setReadBufferSize(bytesAtOnce);
}

void WebSocketFrames::readWaiting()
{
    const QPointer<WebSocketFrames> alive(this);
    while (alive && m_socket && m_socket->bytesAvailable() > 0) {
        // One chunk of the socket's buffer changes its owner, without a copy.
        QByteArray bytes = m_socket->read(m_socket->bytesAvailable());
        if (!m_over)
            take(std::move(bytes));
    }
}

void WebSocketFrames::take(QByteArray bytes)
{
    using Kind = WebSocketItem::Kind;
    const QPointer<WebSocketFrames> alive(this);
    m_decoder.feed({bytes.data(), std::size_t(bytes.size())});
    while (alive && !m_over) {
        const WebSocketItem item = m_decoder.next();
        switch (item.kind) {
        case Kind::More:
            return;
        case Kind::Text:
            m_listener->textReceived(item.bytes);
            break;
        case Kind::Binary:
            m_listener->binaryReceived(item.bytes);
            break;
        case Kind::Control:
            takeControl(item.bytes);
            break;
        case Kind::Violation:
            // Of a server, too many fragments are no question of policy.
            end(item.closeCode == CloseCode::policyViolated ? CloseCode::protocolError : item.closeCode,
                QString::fromLatin1(item.reason));
            break;
        }
    }
}

void WebSocketFrames::takeControl(QByteArrayView frame)
{
    const Hubbub::WebSocketFrameHeader header = Hubbub::readWebSocketFrameHeader(frame);
    const QByteArrayView payload = frame.sliced(header.size);
    switch (WebSocketOpcode(header.opcode)) {
    case WebSocketOpcode::Ping:
        answerPing(payload);
        break;
    case WebSocketOpcode::Close:
        answerClose(payload);
        break;
    default: // a pong nobody asked for
        break;
    }
}

void WebSocketFrames::answerPing(QByteArrayView payload)
{
    if (m_socket && m_socket->bytesToWrite() < mostUnreadAnswers)
        write(WebSocketOpcode::Pong, {}, payload);
}

void WebSocketFrames::answerClose(QByteArrayView payload)
{
    const ClosePayload said = readClosePayload(payload);
    end(said.code == CloseCode::noStatus ? CloseCode::normal : said.code, said.reason);
}

/// QTcpSocket keeps a chunk of 16 to 32 KB for each direction once it has been used. Opening the device
/// again, as the base class does it, drops both and touches neither the connection nor its notifiers.
void WebSocketFrames::trim()
{
    if (m_socket && m_socket->bytesAvailable() == 0 && m_socket->bytesToWrite() == 0)
        m_socket->QIODevice::open(m_socket->openMode());
}

void WebSocketFrames::send(const Packet &packet)
{
    const char digit = char('0' + int(packet.type));
    if (packet.binary)
        write(WebSocketOpcode::Binary, {}, packet.data);
    else
        write(WebSocketOpcode::Text, {&digit, 1}, packet.data);
}

void WebSocketFrames::write(WebSocketOpcode opcode, QByteArrayView head, QByteArrayView body)
{
    if (m_socket)
        m_socket->write(Hubbub::maskedWebSocketFrame(opcode, head, body, freshMask()));
}

void WebSocketFrames::end(quint16 code, const QString &reason)
{
    m_over = true;
    m_listener->closeNeeded(code, reason);
}

} // namespace EngineIo
