// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/pooled.h"
#include "server-lite/transport/engineserver.h"
#include "server-lite/transport/heartbeat.h"
#include "server-lite/transport/sessionstate.h"
#include "server-lite/transport/sharedcounters.h"
#include "server-lite/transport/transport.h"

namespace EngineIo
{

class PollingTransport;
class Session;

/// What a session needs from its worker. Thread: the worker's.
class SessionHost
{
public:
    virtual const ServerOptions &options() const = 0;
    virtual Hubbub::DeadlineQueue &deadlines() = 0;
    virtual SharedCounters &counters() = 0;

    virtual void sessionMessage(Session &session, Message message) = 0;
    virtual void sessionUpgraded(Session &session) = 0;
    /// It is forgotten under its id from here, and destroyed when the turn of the loop ends.
    virtual void sessionClosed(Session &session, CloseReason reason, const QString &description) = 0;
    /// Asks for flush() when the turn of the loop ends.
    virtual void sessionWantsFlush(Session &session) = 0;
    /// Keeps a transport until it is over.
    virtual void retire(std::unique_ptr<Transport> transport) = 0;

protected:
    ~SessionHost() = default;
};

/// One Engine.IO session: its state, queue, heartbeat, and the transport it speaks through, with a candidate
/// beside it while it upgrades. Source: the Engine.IO protocol, revision 4, and engine.io 6.6. Thread: the
/// worker's that owns it.
class Session final
    : public Hubbub::Pooled<Session>
    , private TransportListener
{
public:
    Session(SessionHandle handle, std::shared_ptr<const SessionInfo> info, SessionHost &host);

    /// Starts on its first transport: the open packet is queued, and the heartbeat begins. The transport
    /// reports to listener().
    void open(std::unique_ptr<Transport> transport);
    TransportListener &listener() { return *this; }

    /// A WebSocket that wants to take over; false when one cannot now, and the caller closes it.
    bool mayUpgrade() const;
    void attachCandidate(std::unique_ptr<Transport> candidate);

    /// False if the session did not take it.
    bool send(const FramesPtr &frames, SendMode mode);
    /// As send(), without waiting for the turn's end if nothing else waits: for more receivers than stay in
    /// the cache until then.
    bool sendAtOnce(const FramesPtr &frames, SendMode mode);
    void close(CloseReason reason, bool discard);
    void flush();
    /// Before a request of the peer is looked at: ends the session if its time is over.
    void catchUp() { m_heartbeat.catchUp(); }

    SessionHandle handle() const { return m_handle; }
    const SessionInfo &info() const { return *m_info; }
    const std::shared_ptr<const SessionInfo> &sharedInfo() const { return m_info; }
    SessionState state() const { return m_state; }
    TransportName transportName() const { return m_transport->name(); }
    PollingTransport *polling() const; ///< null once it is not on polling any more

    /// Whether the peer's messages are taken from its socket; false if the transport cannot stop.
    bool setReading(bool on) { return m_transport->setReading(on); }

    /// The host's: what came in the stretch of messages that fills now, and where the one before it ended.
    struct Stretch {
        qint64 bytes = 0;
        quint64 previousEnd = 0;
        bool paused = false;
    };
    Stretch &stretch() { return m_stretch; }
    /// The host's mark; gives what it was.
    bool markFlushWanted(bool wanted) { return std::exchange(m_flushWanted, wanted); }

private:
    void packetReceived(Transport &transport, Packet packet) override;
    void packetInvalid(Transport &transport, const Hubbub::Error &error) override;
    void transportClosed(Transport &transport, CloseReason reason, const QString &description) override;
    void transportWritable(Transport &transport) override;
    void transportQueued(Transport &transport) override;

    bool changeState(SessionState to);
    void queueControl(PacketType type, QByteArray data = {});
    void ping();
    bool closeIfTooSlow();
    void writeQueue();
    void wantFlush();
    void probePacket(const Packet &packet);
    void probeTick();
    void upgrade();
    void dropCandidate();
    void runOutOfTime();
    void finish(CloseReason reason, const QString &description, TransportEnd how = TransportEnd::Close);
    bool takesPackets() const { return m_state == SessionState::Open || m_state == SessionState::Upgrading; }
    bool isCandidate(const Transport &transport) const;
    qint64 queuedBytes() const { return m_queueBytes + m_transport->queuedBytes(); }

    /// What only an upgrade needs.
    struct Upgrade {
        Upgrade(Session &session, std::unique_ptr<Transport> candidate);
        std::unique_ptr<Transport> candidate;
        Hubbub::Deadline deadline;
        Hubbub::Deadline probeTick;
    };

    // What every message needs, together: with thousands of sessions, each line of the cache counts.
    const SessionHandle m_handle;
    std::unique_ptr<Transport> m_transport;
    std::vector<Outgoing> m_queue;
    SessionState m_state = SessionState::Open;
    bool m_flushWanted = false;
    bool m_isPaused = false; ///< after something that goes alone
    CloseReason m_closeReason = CloseReason::ForcedClose;
    SessionHost &m_host;
    qint64 m_queueBytes = 0;
    Stretch m_stretch;
    const std::shared_ptr<const SessionInfo> m_info;
    std::unique_ptr<Upgrade> m_upgrade; ///< while there is one
    std::unique_ptr<Hubbub::Deadline> m_closeDeadline; ///< while it closes
    Heartbeat m_heartbeat;
    Hubbub::Deadline m_pause;
};

} // namespace EngineIo
