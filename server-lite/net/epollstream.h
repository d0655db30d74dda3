// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/connectioncount.h"
#include "server-lite/net/epolldispatcher.h"
#include "server-lite/net/streamlistener.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QPointer>

namespace Hubbub
{

/// A connected TCP socket that is nothing but its descriptor: a turn of the loop costs it one recv() and one
/// send(), with no notifiers, no size asked before a read, and no buffers while nothing waits. Linux only.
/// Thread: that of the dispatcher it is in.
class EpollStream final : private EpollWatcher
{
public:
    /// Owns the descriptor, which is connected, from here. Silent until somebody listens.
    EpollStream(int descriptor, CountedConnection counted);
    /// Nobody listens to the new one yet; the old one is closed.
    EpollStream(EpollStream &&other) noexcept;
    EpollStream &operator=(EpollStream &&) = delete;
    ~EpollStream();

    /// Null for none. Not owned.
    void setListener(StreamListener *listener) { m_listener = listener; }
    /// Is heard of by this thread's loop from here; false if that is no EpollDispatcher.
    bool enterLoop();
    void leaveLoop();

    bool isOpen() const { return m_descriptor >= 0; } ///< may also be on its way to be closed
    bool takesBytes() const { return isOpen() && !m_closing; }
    int descriptor() const { return m_descriptor; } ///< -1 once it is closed
    qint64 waitingBytes() const { return m_out.size() - m_outSent; } ///< not taken by the kernel yet

    /// Sends the chunks at once, in one system call if that takes them; the rest waits its turn.
    void send(std::span<const QByteArrayView> chunks);
    void send(QByteArrayView chunk);
    /// While off, what the peer sends stays with the kernel, and the end of the connection is seen only when
    /// something is sent.
    void setReading(bool on);
    /// Takes nothing to send any more, and tells the peer so after what waits was sent. What it says
    /// meanwhile is still heard.
    void shutDown();
    /// Ends the connection without what waits to be sent.
    void close();

private:
    void descriptorReady(quint32 events) override;
    void receive();
    bool sendWaiting();
    void watch();
    void end(int error);

    // What every message needs, together: with thousands of streams, each line of the cache counts.
    int m_descriptor;
    bool m_reading = true;
    bool m_closing = false; ///< takes no more to send
    StreamListener *m_listener = nullptr;
    QByteArray m_out; ///< what the kernel did not take
    qsizetype m_outSent = 0;
    QPointer<EpollDispatcher> m_loop;
    CountedConnection m_counted;
};

} // namespace Hubbub
