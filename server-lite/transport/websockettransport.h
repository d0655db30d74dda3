// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/deadlinequeue.h"
#include "server-lite/transport/transport.h"

#include <QtCore/QObject>

namespace EngineIo
{

/// One packet in one WebSocket message. Frames come ready-made: what a turn of the loop wants to send leaves
/// in one system call. On an EpollSocket, messages are decoded where they arrive, and QWebSocket sees control
/// frames alone; on others (TLS, other event loops) it reads everything. Thread: the worker's that owns the
/// session.
class WebSocketTransport final
    : public QObject
    , public Transport
{
    Q_OBJECT
public:
    ~WebSocketTransport() override;

    /// Until it is set, nothing may be received: set it in the turn the transport was accepted in.
    void setListener(TransportListener *listener);

    TransportName name() const override { return TransportName::WebSocket; }
    bool isWritable() const override;
    void write(std::vector<Outgoing> &items) override;
    qint64 queuedBytes() const override;
    void trim() override;
    bool setReading(bool on) override;
    void end(TransportEnd how) override;
    bool isOver() const override;

private:
    friend class WebSocketAcceptor;
    class Link;
    class QtLink;
    class DirectLink;
    WebSocketTransport(std::unique_ptr<Link> link, const ServerOptions &options,
                       Hubbub::DeadlineQueue &deadlines);

    void textReceived(QByteArrayView text);
    void binaryReceived(QByteArray data);
    void answered();
    void disconnected();

    std::unique_ptr<Link> m_link;
    TransportListener *m_listener = nullptr;
    std::chrono::milliseconds m_closeTimeout;
    Hubbub::Deadline m_closeDeadline;
};

} // namespace EngineIo
