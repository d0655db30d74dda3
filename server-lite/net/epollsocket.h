// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/epolldispatcher.h"

#include <QtCore/QPointer>
#include <QtNetwork/QTcpSocket>

#include <memory>
#include <span>

namespace Hubbub
{

/// Sees what a socket received before anybody reads it from there. Thread: the socket's.
class SocketTap
{
public:
    /// The bytes are the tap's to change, and gone after the call; what readers of the socket are to see of
    /// them, it gives to EpollSocket::feed(). May end the socket.
    virtual void bytesReceived(std::span<char> bytes) = 0;
    /// The connection is over, or the socket is being destroyed: it must not be used any more.
    virtual void socketEnded() = 0;

protected:
    ~SocketTap() = default;
};

/// A connected TCP socket that holds its descriptor itself, so that a turn of the loop costs it one recv()
/// and one send(): no notifiers, no size asked before a read, no buffers while nothing waits. To the rest of
/// Qt, QWebSocket for one, it is a QTcpSocket; it only serves connections that were accepted already, and its
/// waitFor...() do not wait. Needs an EpollDispatcher on its thread. Linux only. Thread: its own; may be
/// moved.
class EpollSocket final
    : public QTcpSocket
    , private EpollWatcher
{
    Q_OBJECT
public:
    /// Null if the thread's event loop is another one. `owned` lives as long as the socket.
    static std::unique_ptr<EpollSocket> create(std::shared_ptr<void> owned);
    ~EpollSocket() override;

    /// Takes over a connected descriptor, whatever its state and mode are said to be.
    bool setSocketDescriptor(qintptr descriptor, SocketState state = ConnectedState,
                             OpenMode mode = ReadWrite) override;
    qintptr socketDescriptor() const override { return m_descriptor; }

    /// Null for none. Not owned.
    void setTap(SocketTap *tap) { m_tap = tap; }
    /// Lets readers have these bytes as if they had come just now.
    void feed(QByteArrayView bytes);
    /// All unread bytes, where they lie: peek() would keep 16 KB for every socket it was called on.
    QByteArrayView unreadBytes() const { return QByteArrayView(m_in).sliced(m_inTaken); }
    /// Gives all unread bytes away.
    QByteArray takeUnread();

    /// Connected, and not about to close.
    bool takesBytes() const { return m_phase == Phase::Open; }
    /// Sends the chunks at once, in one system call if that takes them; the rest waits its turn.
    void sendChunks(std::span<const QByteArrayView> chunks);
    /// While off, what the peer sends stays with the kernel, and the end of the connection is seen only when
    /// something is sent.
    void setReading(bool on);
    /// Ends the connection without what waits to be sent.
    void cut();
    /// Gives back what QIODevice keeps once it was peeked into.
    void trim();

    void setReadBufferSize(qint64 size) override;
    void setSocketOption(SocketOption option, const QVariant &value) override;
    QVariant socketOption(SocketOption option) override;
    qint64 bytesAvailable() const override { return unread() + QIODevice::bytesAvailable(); }
    qint64 bytesToWrite() const override { return m_out.size() - m_outSent; }
    void close() override;
    void disconnectFromHost() override;
    bool waitForConnected(int) override { return state() == ConnectedState; }
    bool waitForReadyRead(int) override { return false; }
    bool waitForBytesWritten(int) override { return false; }
    bool waitForDisconnected(int) override { return state() == UnconnectedState; }

protected:
    bool event(QEvent *event) override;
    qint64 readData(char *data, qint64 size) override;
    qint64 readLineData(char *data, qint64 size) override;
    qint64 skipData(qint64 size) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    enum class Phase : quint8 { New, Open, Closing, Ended }; ///< in this order only

    EpollSocket(EpollDispatcher *loop, std::shared_ptr<void> owned);

    void descriptorReady(quint32 events) override;
    void receive();
    void sendWaiting();
    void watch();
    void joinLoop();
    void end(SocketError error, const QString &text);
    qint64 unread() const { return m_in.size() - m_inTaken; }

    QPointer<EpollDispatcher> m_loop;
    int m_descriptor = -1;
    Phase m_phase = Phase::New;
    SocketTap *m_tap = nullptr;
    QByteArray m_out; ///< what the kernel did not take
    qsizetype m_outSent = 0;
    QByteArray m_in; ///< what nobody has read
    qsizetype m_inTaken = 0;
    qint64 m_readLimit = 0; ///< 0: none
    bool m_reading = true;
    std::shared_ptr<void> m_owned;
};

} // namespace Hubbub
