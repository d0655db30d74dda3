// SPDX-License-Identifier: MIT
#include "server-lite/net/socketstream.h"

#include <QtCore/QPointer>
#include <QtNetwork/QSslSocket>

#include <algorithm>
#include <cerrno>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#endif

namespace Hubbub
{

namespace
{

constexpr qint64 heldWhilePaused = 64 * 1024; // by Qt; the rest stays with the kernel

/// Writes what the kernel takes without waiting; returns how many bytes that were.
qint64 writeStraight([[maybe_unused]] qintptr descriptor, [[maybe_unused]] QByteArrayView bytes)
{
#ifdef Q_OS_UNIX
    // An error shows again in Qt's own write, which knows how to report it.
    return std::max<qint64>(
        0, ::send(int(descriptor), bytes.data(), size_t(bytes.size()), MSG_NOSIGNAL | MSG_DONTWAIT));
#else
    return 0;
#endif
}

} // namespace

SocketStream::SocketStream(std::unique_ptr<QTcpSocket> socket)
    : m_socket(std::move(socket))
    , m_isSecure(qobject_cast<QSslSocket *>(m_socket.get()) != nullptr)
{
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &SocketStream::receive);
    if (!m_isSecure)
        connect(m_socket.get(), &QTcpSocket::bytesWritten, this, &SocketStream::wasSent);
    else // its bytesWritten() comes while OpenSSL still has them
        connect(static_cast<QSslSocket *>(m_socket.get()), &QSslSocket::encryptedBytesWritten, this,
                &SocketStream::wasSent);
    connect(m_socket.get(), &QTcpSocket::disconnected, this, &SocketStream::ended);
}

SocketStream::~SocketStream()
{
    close();
}

qint64 SocketStream::waitingBytes() const
{
    if (!m_socket)
        return 0;
    const qint64 encrypted =
        m_isSecure ? static_cast<const QSslSocket *>(m_socket.get())->encryptedBytesToWrite() : 0;
    return m_socket->bytesToWrite() + encrypted;
}

void SocketStream::send(QByteArrayView chunk)
{
    if (!m_socket || m_closing)
        return;
    const bool straight = !m_isSecure && m_socket->bytesToWrite() == 0;
    const qint64 sent = straight ? writeStraight(m_socket->socketDescriptor(), chunk) : 0;
    if (sent < chunk.size())
        m_socket->write(chunk.data() + sent, chunk.size() - sent);
}

/// Joined where each would be a system call; TLS joins them by itself.
void SocketStream::send(std::span<const QByteArrayView> chunks)
{
    if (chunks.size() < 2 || m_isSecure) {
        for (const QByteArrayView chunk : chunks)
            send(chunk);
        return;
    }
    qsizetype size = 0;
    for (const QByteArrayView chunk : chunks)
        size += chunk.size();
    QByteArray all;
    all.reserve(size);
    for (const QByteArrayView chunk : chunks)
        all.append(chunk);
    send(all);
}

void SocketStream::setReading(bool on)
{
    if (!m_socket || std::exchange(m_reading, on) == on)
        return;
    m_socket->setReadBufferSize(on ? 0 : heldWhilePaused);
    if (on) // what came meanwhile is not announced again
        QMetaObject::invokeMethod(this, &SocketStream::receive, Qt::QueuedConnection);
}

void SocketStream::receive()
{
    const std::span<char> buffer = sharedReceiveBuffer();
    const QPointer<SocketStream> alive(this);
    while (alive && m_socket && m_reading) {
        const qint64 got = m_socket->read(buffer.data(), qint64(buffer.size()));
        if (got <= 0)
            return;
        if (m_listener)
            m_listener->bytesReceived(buffer.first(size_t(got)));
    }
}

void SocketStream::wasSent()
{
#ifdef Q_OS_UNIX
    if (m_endsAlone && m_socket && waitingBytes() == 0)
        ::shutdown(int(m_socket->socketDescriptor()), SHUT_WR);
#endif
    if (m_listener)
        m_listener->bytesSent(0);
}

void SocketStream::shutDown()
{
    m_closing = true;
    if (!m_isSecure)
        endAlone();
}

void SocketStream::endAlone()
{
    m_endsAlone = true;
    wasSent();
}

/// From the event loop: closing a QSslSocket that reads takes its TLS from below the reader.
void SocketStream::endWithPeer()
{
    if (m_socket)
        QMetaObject::invokeMethod(m_socket.get(), &QTcpSocket::disconnectFromHost, Qt::QueuedConnection);
}

/// From the event loop, as above.
void SocketStream::close()
{
    if (!m_socket)
        return;
    QTcpSocket *socket = m_socket.release();
    socket->disconnect(this);
    QMetaObject::invokeMethod(socket, &QTcpSocket::abort, Qt::QueuedConnection);
    socket->deleteLater();
}

void SocketStream::ended()
{
    m_reading = true; // the last that came is told first
    const QPointer<SocketStream> alive(this);
    receive();
    if (!alive || !m_socket)
        return;
    const bool byPeer = m_socket->error() == QAbstractSocket::RemoteHostClosedError
                        || m_socket->error() == QAbstractSocket::UnknownSocketError;
    close();
    if (m_listener)
        m_listener->streamEnded(byPeer ? 0 : EIO);
}

/// QTcpSocket keeps a 16 KB chunk for each direction once it has been used. Opening the device again, as the
/// base class does it, drops both when they are empty and touches neither the connection nor its notifiers.
void SocketStream::trim()
{
    if (m_socket && !m_isSecure && !m_closing && m_socket->bytesAvailable() == 0
        && m_socket->bytesToWrite() == 0)
        m_socket->QIODevice::open(m_socket->openMode());
}

} // namespace Hubbub
