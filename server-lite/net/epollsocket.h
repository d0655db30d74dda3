// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/epollstream.h"

#include <QtNetwork/QTcpSocket>

#include <memory>
#include <optional>

namespace Hubbub
{

/// An EpollStream that is a QTcpSocket to the rest of Qt, without Qt's notifiers and socket engine below it.
/// It only serves connections that were accepted already, and its waitFor...() do not wait. Needs an
/// EpollDispatcher on its thread. Linux only. Thread: its own; may be moved.
class EpollSocket final
    : public QTcpSocket
    , private StreamListener
{
    Q_OBJECT
public:
    /// Null if the thread's event loop is another one.
    static std::unique_ptr<EpollSocket> create(const ConnectionCount &counted);
    ~EpollSocket() override;

    /// Takes over a connected descriptor, whatever its state and mode are said to be.
    bool setSocketDescriptor(qintptr descriptor, SocketState state = ConnectedState,
                             OpenMode mode = ReadWrite) override;
    qintptr socketDescriptor() const override { return m_stream ? m_stream->descriptor() : -1; }

    /// All unread bytes, where they lie: peek() would keep 16 KB for every socket it was called on.
    QByteArrayView unreadBytes() const { return QByteArrayView(m_in).sliced(m_inTaken); }
    /// Gives the connection away, and all unread bytes: the socket is good for nothing any more, and says
    /// nothing. Nothing if it is closed, or about to.
    std::optional<EpollStream> takeStream(QByteArray &unread);

    void setReadBufferSize(qint64 size) override;
    void setSocketOption(SocketOption option, const QVariant &value) override;
    QVariant socketOption(SocketOption option) override;
    qint64 bytesAvailable() const override { return unread() + QIODevice::bytesAvailable(); }
    qint64 bytesToWrite() const override { return m_stream ? m_stream->waitingBytes() : 0; }
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
    explicit EpollSocket(const ConnectionCount &counted)
        : m_counted(counted)
    {
    }

    void bytesReceived(std::span<char> bytes) override;
    void bytesSent(qint64 count) override;
    void streamEnded(int error) override;
    void limitReading();
    void joinLoop();
    void end(SocketError error, const QString &text);
    qint64 unread() const { return m_in.size() - m_inTaken; }

    CountedConnection m_counted; ///< until there is a stream
    std::optional<EpollStream> m_stream; ///< none before, and once it is over
    QByteArray m_in; ///< what nobody has read
    qsizetype m_inTaken = 0;
    qint64 m_readLimit = 0; ///< 0: none
};

} // namespace Hubbub
