// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/deadlinequeue.h"
#include "server-lite/transport/sharedcounters.h"
#include "server-lite/transport/transport.h"

#include <memory>

namespace EngineIo
{

/// One packet in one WebSocket message. Frames come ready-made: what a turn of the loop wants to send leaves
/// in one system call. What all of these have in common, whoever reads and closes the connection. Thread: the
/// worker's that owns the session.
class WebSocketTransport : public Transport
{
public:
    /// Until it is set, nothing may be received: set it in the turn the transport was accepted in.
    void setListener(TransportListener *listener) { m_listener = listener; }
    /// Once the session is ready, and has sent what it has to say first: what came in before is received now.
    virtual void start() { }

    TransportName name() const final { return TransportName::WebSocket; }
    void end(TransportEnd how) final;

protected:
    WebSocketTransport(const ServerOptions &options, Hubbub::DeadlineQueue &deadlines,
                       SharedCounters &counters)
        : m_options(options)
        , m_deadlines(deadlines)
        , m_counters(counters)
    {
    }

    /// Tells the peer that it is over, once.
    virtual void sayClose() = 0;
    virtual void cut() = 0;

    const ServerOptions &options() const { return m_options; }
    /// At most this long from now, or what is left of the time to close.
    void hurryClose(std::chrono::milliseconds most);
    void textReceived(QByteArrayView text);
    void binaryReceived(QByteArray data);
    /// Something was answered without the session, and may have had to wait.
    void answered();
    /// Nothing comes any more: the peer closed with that code and reason, or broke the rules.
    void ended(quint16 closeCode, const QString &reason);
    void ended(CloseReason why, const QString &reason);

private:
    void runOutOfTime();

    TransportListener *m_listener = nullptr;
    const ServerOptions &m_options;
    Hubbub::DeadlineQueue &m_deadlines;
    SharedCounters &m_counters;
    std::unique_ptr<Hubbub::Deadline> m_closeDeadline; ///< while it closes
};

} // namespace EngineIo
