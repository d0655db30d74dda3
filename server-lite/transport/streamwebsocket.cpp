// SPDX-License-Identifier: MIT
#include "server-lite/transport/streamwebsocket.h"

#include "server-lite/net/socketstream.h"
#include "server-lite/transport/websocketframe.h"

#ifdef Q_OS_LINUX
#include "server-lite/net/epollstream.h"
#endif

#include <QtCore/QVarLengthArray>

#include <cerrno>

namespace EngineIo
{

template <typename Stream>
void StreamWebSocket<Stream>::start()
{
    if (m_state == State::Answering)
        m_stream.send(takeAnswer());
    QByteArray early = std::exchange(m_early, {});
    if (!early.isEmpty())
        bytesReceived({early.data(), std::size_t(early.size())});
}

template <typename Stream>
void StreamWebSocket<Stream>::bytesReceived(std::span<char> bytes)
{
    if (m_state >= State::Ending)
        return; // nobody wants it any more; read, so that the end of it is seen
    m_decoder.feed(bytes);
    while (m_state < State::Ending) {
        const Hubbub::WebSocketItem item = m_decoder.next();
        if (item.kind == Hubbub::WebSocketItem::Kind::More)
            return;
        take(item);
    }
}

template <typename Stream>
void StreamWebSocket<Stream>::take(const Hubbub::WebSocketItem &item)
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

template <typename Stream>
void StreamWebSocket<Stream>::takeControl(QByteArrayView frame)
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
        m_state = State::Ending;
        if constexpr (requires { m_stream.endWithPeer(); })
            m_stream.endWithPeer();
        ended(said.code, said.reason);
        break;
    }
    }
}

template <typename Stream>
void StreamWebSocket<Stream>::breakOff(quint16 code, const char *reason)
{
    close(code, reason);
    m_state = State::Ending;
    if constexpr (requires { m_stream.endAlone(); })
        m_stream.endAlone();
    ended(CloseReason::TransportError, QString::fromLatin1(reason));
}

/// Our direction ends behind the close frame, and what the peer still says is read and thrown away until it
/// ends its own: closing with unread bytes in the kernel would reset the connection, and could take the close
/// frame with it. TLS ends both directions together, when the peer's close frame has come.
template <typename Stream>
void StreamWebSocket<Stream>::close(quint16 code, QByteArrayView reason)
{
    if (!isWritable())
        return;
    m_stream.send(takeAnswer() + closeFrame(code, reason));
    m_state = State::Closing;
    m_stream.shutDown();
    bytesSent(0);
}

template <typename Stream>
void StreamWebSocket<Stream>::bytesSent(qint64)
{
    if ((m_state == State::Closing || m_state == State::Ending) && queuedBytes() == 0)
        hurryClose(this->options().lingerTimeout);
}

template <typename Stream>
void StreamWebSocket<Stream>::streamEnded(int error)
{
    m_state = State::Over;
    const bool byPeer = error == 0 || error == ECONNRESET || error == EPIPE;
    ended(byPeer ? CloseReason::TransportClose : CloseReason::TransportError, {});
}

template <typename Stream>
void StreamWebSocket<Stream>::cut()
{
    m_state = State::Over;
    m_stream.close();
}

/// For the front of what is sent next.
template <typename Stream>
QByteArray StreamWebSocket<Stream>::takeAnswer()
{
    if (m_state == State::Answering)
        m_state = State::Open;
    return std::exchange(m_answer, {});
}

template <typename Stream>
void StreamWebSocket<Stream>::write(std::vector<Outgoing> &items)
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

template <typename Stream>
std::optional<qint64> StreamWebSocket<Stream>::writeAtOnce(const SharedFrames &frames)
{
    if (m_state != State::Open)
        return std::nullopt;
    m_stream.send(frames.webSocketBytes());
    return m_stream.waitingBytes();
}

template <typename Stream>
bool StreamWebSocket<Stream>::setReading(bool on)
{
    m_stream.setReading(on);
    return true;
}

template <typename Stream>
void StreamWebSocket<Stream>::trim()
{
    if constexpr (requires { m_stream.trim(); })
        m_stream.trim();
}

template class StreamWebSocket<Hubbub::SocketStream>;
#ifdef Q_OS_LINUX
template class StreamWebSocket<Hubbub::EpollStream>;
#endif

} // namespace EngineIo
