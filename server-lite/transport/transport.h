// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/transport/closereason.h"
#include "server-lite/transport/outgoing.h"
#include "server-lite/transport/serveroptions.h"

namespace EngineIo
{

class Transport;

/// What a transport tells its session. Any of these may end with the transport retired.
class TransportListener
{
public:
    virtual void packetReceived(Transport &transport, Packet packet) = 0;
    virtual void packetInvalid(Transport &transport, const Hubbub::Error &error) = 0;
    /// The peer is gone, or broke the transport's own rules.
    virtual void transportClosed(Transport &transport, CloseReason reason, const QString &description) = 0;
    /// It can take packets now, after a time when it could not.
    virtual void transportWritable(Transport &transport) = 0;
    /// It queued something of its own, such as an answer to a WebSocket ping.
    virtual void transportQueued(Transport &transport) = 0;

protected:
    ~TransportListener() = default;
};

/// How the session leaves a transport.
enum class TransportEnd : quint8 {
    Close, ///< tell the peer that the session is over
    ByPeer, ///< the peer said so itself
    Cut, ///< without a word, and without what is queued
};

/// One way of moving packets between a session and its peer. Thread: the worker's that owns the session.
class Transport
{
public:
    virtual ~Transport() = default;
    virtual TransportName name() const = 0;

    /// Whether write() may be called. What cannot be written yet stays with the session.
    virtual bool isWritable() const = 0;

    /// Sends everything, in order, and leaves `items` empty.
    virtual void write(std::vector<Outgoing> &items) = 0;

    /// Sends these on the spot, and gives queuedBytes(); nothing, and nothing done, if they had better wait
    /// for write().
    virtual std::optional<qint64> writeAtOnce(const SharedFrames &) { return std::nullopt; }

    /// Bytes taken by write() that the kernel has not taken.
    virtual qint64 queuedBytes() const = 0;

    /// Gives back memory that only traffic needs. Not from within something the transport told its session.
    virtual void trim() { }

    /// Stops or starts taking bytes from the peer; false if this transport cannot stop.
    virtual bool setReading(bool) { return false; }

    /// The session is done with it: no listener is called any more, what was written still goes out.
    virtual void end(TransportEnd how) = 0;

    /// Whether what was sent last goes unanswered by the peer's system, for so long that the peer is gone.
    virtual bool hasLostPeer() const { return false; }

    /// Nothing left to do after end(); may be destroyed without cutting anything off.
    virtual bool isOver() const = 0;
};

} // namespace EngineIo
