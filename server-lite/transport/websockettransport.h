// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/deadlinequeue.h"
#include "server-lite/transport/transport.h"

#include <QtCore/QObject>

namespace EngineIo
{

/// One packet in one WebSocket message. Frames come ready-made: what a turn of the loop wants to send leaves
/// in one system call, straight to the descriptor, when the socket is plain and Qt's buffer is empty. Thread:
/// the worker's that owns the session.
class WebSocketTransport final
    : public QObject
    , public Transport
{
    Q_OBJECT
public:
    ~WebSocketTransport() override;

    /// Until it is set, nothing may be received: set it in the turn the transport was accepted in.
    void setListener(TransportListener *listener) { m_listener = listener; }

    TransportName name() const override { return TransportName::WebSocket; }
    bool isWritable() const override;
    void write(std::vector<Outgoing> &items) override;
    qint64 queuedBytes() const override;
    void trim() override;
    void end(TransportEnd how) override;
    bool isOver() const override;

private:
    friend class WebSocketAcceptor;
    class Link;
    WebSocketTransport(std::unique_ptr<Link> link, const ServerOptions &options,
                       Hubbub::DeadlineQueue &deadlines);

    void textReceived(const QString &text);
    void binaryReceived(const QByteArray &data);
    void disconnected();

    std::unique_ptr<Link> m_link;
    TransportListener *m_listener = nullptr;
    std::chrono::milliseconds m_closeTimeout;
    Hubbub::Deadline m_closeDeadline;
};

} // namespace EngineIo
