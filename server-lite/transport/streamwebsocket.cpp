// SPDX-License-Identifier: MIT
#include "server-lite/transport/streamwebsocket.h"

#include "server-lite/transport/websocketframe.h"

#include <QtCore/QVarLengthArray>

#include <cerrno>

namespace EngineIo
{

using namespace std::chrono_literals;

namespace
{
// A peer that has our close frame has this long to end the connection before it is cut.
constexpr auto lingerTime = 2s;
} // namespace

StreamWebSocket::StreamWebSocket(Hubbub::EpollStream stream, QByteArray answer, QByteArray early,
                                 const ServerOptions &options, Hubbub::DeadlineQueue &deadlines)
    : WebSocketTransport(options, deadlines)
    , m_stream(std::move(stream))
    , m_decoder(Hubbub::WebSocketDecoder::Peer::Client, options.maxHttpBufferSize)
    , m_answer(std::move(answer))
    , m_early(std::move(early))
{
    m_stream.setListener(this);
}

StreamWebSocket::~StreamWebSocket() = default;

void StreamWebSocket::start()
{
    if (m_state == State::Answering)
        m_stream.send(takeAnswer());
    QByteArray early = std::exchange(m_early, {});
    if (!early.isEmpty())
        bytesReceived({early.data(), std::size_t(early.size())});
}

void StreamWebSocket::bytesReceived(std::span<char> bytes)
{
    if (!isWritable())
        return; // nobody wants it any more; read, so that the end of it is seen
    m_decoder.feed(bytes);
    while (isWritable()) {
        const Hubbub::WebSocketItem item = m_decoder.next();
        if (item.kind == Hubbub::WebSocketItem::Kind::More)
            return;
        take(item);
    }
}

void StreamWebSocket::take(const Hubbub::WebSocketItem &item)
{
    using Kind = Hubbub::WebSocketItem::Kind;
    switch (item.kind) {
    case Kind::More:
        break;
    case Kind::Text:
        textReceived(item.bytes);
        break;
    case Kind::Binary:
        binaryReceived(item.bytes.toByteArray());
        break;
    case Kind::Control:
        if (m_controls.take(ControlFrameLimit::Clock::now()))
            takeControl(item.bytes);
        else
            breakOff(CloseCode::policyViolated, "too many control frames");
        break;
    case Kind::Violation:
        breakOff(item.closeCode, item.reason);
        break;
    }
}

void StreamWebSocket::takeControl(QByteArrayView frame)
{
    const auto header = Hubbub::readWebSocketFrameHeader(frame);
    QByteArray payload = frame.sliced(header.size).toByteArray();
    Hubbub::applyWebSocketMask({payload.data(), std::size_t(payload.size())}, header.mask);
    switch (ControlOpcode(header.opcode)) {
    case ControlOpcode::Ping:
        m_stream.send(controlFrame(ControlOpcode::Pong, payload));
        answered();
        break;
    case ControlOpcode::Pong:
        break;
    case ControlOpcode::Close: {
        const ClosePayload said = readClosePayload(payload);
        close(said.code);
        ended(said.code, said.reason);
        break;
    }
    }
}

void StreamWebSocket::breakOff(quint16 code, const char *reason)
{
    close(code, reason);
    ended(CloseReason::TransportError, QString::fromLatin1(reason));
}

/// Our direction ends behind the close frame, and what the peer still says is read and thrown away until it
/// ends its own: closing with unread bytes in the kernel would reset the connection, and could take the close
/// frame with it.
void StreamWebSocket::close(quint16 code, QByteArrayView reason)
{
    if (!isWritable())
        return;
    m_stream.send(takeAnswer() + closeFrame(code, reason));
    m_state = State::Closing;
    m_stream.shutDown();
    bytesSent(0);
}

void StreamWebSocket::bytesSent(qint64)
{
    if (m_state == State::Closing && queuedBytes() == 0)
        hurryClose(lingerTime);
}

void StreamWebSocket::streamEnded(int error)
{
    m_state = State::Over;
    const bool byPeer = error == 0 || error == ECONNRESET || error == EPIPE;
    ended(byPeer ? CloseReason::TransportClose : CloseReason::TransportError, {});
}

void StreamWebSocket::cut()
{
    m_state = State::Over;
    m_stream.close();
}

/// For the front of what is sent next.
QByteArray StreamWebSocket::takeAnswer()
{
    if (m_state == State::Answering)
        m_state = State::Open;
    return std::exchange(m_answer, {});
}

void StreamWebSocket::write(std::vector<Outgoing> &items)
{
    qint64 controlBytes = 0;
    for (const Outgoing &item : items)
        controlBytes += item.frames ? 0 : item.size() + largestFrameHeader;
    QByteArray controls;
    controls.reserve(controlBytes); // the views below stay good
    QVarLengthArray<QByteArrayView, 32> chunks;
    const QByteArray answer = takeAnswer();
    if (!answer.isEmpty())
        chunks.append(answer);
    for (const Outgoing &item : items) {
        if (item.frames) {
            chunks.append(item.frames->webSocketBytes());
            continue;
        }
        const qsizetype from = controls.size();
        appendWebSocketFrame(controls, item.control);
        chunks.append(QByteArrayView(controls).sliced(from));
    }
    m_stream.send({chunks.constData(), std::size_t(chunks.size())});
    items.clear();
}

std::optional<qint64> StreamWebSocket::writeAtOnce(const SharedFrames &frames)
{
    if (m_state != State::Open)
        return std::nullopt;
    m_stream.send(frames.webSocketBytes());
    return m_stream.waitingBytes();
}

bool StreamWebSocket::setReading(bool on)
{
    m_stream.setReading(on);
    return true;
}

} // namespace EngineIo
