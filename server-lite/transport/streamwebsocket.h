// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/websocketdecoder.h"
#include "server-lite/net/lostpeer.h"
#include "server-lite/net/pooled.h"
#include "server-lite/net/streamlistener.h"
#include "server-lite/transport/closeframe.h"
#include "server-lite/transport/controlframelimit.h"
#include "server-lite/transport/websockettransport.h"

namespace EngineIo
{

/// A WebSocket of which nothing is left but its stream: QWebSocketServer answered the handshake, and from
/// there messages are decoded from the bytes as they come, and control frames and closing are spoken here
/// (RFC 6455, 5.5 and 7). `Stream` is a Hubbub::EpollStream, or a Hubbub::SocketStream for TLS and where
/// there is no epoll. Thread: the worker's that owns the session.
template <typename Stream>
class StreamWebSocket final
    : public Hubbub::Pooled<StreamWebSocket<Stream>>
    , public WebSocketTransport
    , private Hubbub::StreamListener
{
public:
    /// `stream` is one or what one is made of; `early` came behind the handshake; `answer` is what the
    /// handshake is answered with, and leaves with the first packet.
    template <typename Source>
    StreamWebSocket(Source stream, QByteArray answer, QByteArray early, const ServerOptions &options,
                    Hubbub::DeadlineQueue &deadlines, SharedCounters &counters)
        : WebSocketTransport(options, deadlines, counters)
        , m_stream(std::move(stream))
        , m_decoder(Hubbub::WebSocketDecoder::Peer::Client, options.maxHttpBufferSize)
        , m_answer(std::move(answer))
        , m_early(std::move(early))
    {
        m_stream.setListener(this);
    }

    void start() override;
    bool isWritable() const override { return m_state <= State::Open; }
    void write(std::vector<Outgoing> &items) override;
    std::optional<qint64> writeAtOnce(const SharedFrames &frames) override;
    qint64 queuedBytes() const override { return m_stream.waitingBytes(); }
    bool setReading(bool on) override;
    void trim() override;
    bool hasLostPeer() const override { return Hubbub::hasLostPeer(m_stream.descriptor()); }
    bool isOver() const override { return m_state == State::Over; }

private:
    /// In this order only. Answering: the handshake's answer was not sent yet. Closing: a close frame was
    /// sent or waits to be, and the peer's own is awaited. Ending: nobody listens any more, the peer's end is
    /// awaited.
    enum class State : quint8 { Answering, Open, Closing, Ending, Over };

    void sayClose() override { close(CloseCode::normal); }
    void cut() override;
    void bytesReceived(std::span<char> bytes) override;
    void bytesSent(qint64 count) override;
    void streamEnded(int error) override;

    void take(const Hubbub::WebSocketItem &item);
    void takeControl(QByteArrayView frame);
    void close(quint16 code, QByteArrayView reason = {});
    void breakOff(quint16 code, const char *reason);
    QByteArray takeAnswer();

    State m_state = State::Answering;
    Stream m_stream;
    Hubbub::WebSocketDecoder m_decoder;
    ControlFrameLimit m_controls;
    QByteArray m_answer; ///< until it is sent
    QByteArray m_early; ///< not received yet
};

} // namespace EngineIo
