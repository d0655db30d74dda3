// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QCryptographicHash>
#include <QtCore/QTimer>
#include <QtCore/QUrl>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

/// A server on loopback that says what a test tells it to, byte for byte. Thread: the test's.
class HostileServer
{
public:
    /// What it does with one connection after the head of its first request.
    struct Script {
        bool upgrades = false; ///< answers as a WebSocket server, before all of the below
        QByteArray says = {}; ///< at once
        QByteArray saysForEver = {}; ///< again and again, as fast as it is taken
        QByteArray trickles = {}; ///< again and again, a byte every few milliseconds
        bool hangsUp = false; ///< after `says`
    };

    explicit HostileServer(Script script)
        : m_script(std::move(script))
    {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            while (QTcpSocket *peer = m_server.nextPendingConnection())
                greet(peer);
        });
    }

    QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort())); }

    /// A WebSocket frame as a server sends it: the first byte of its header, and a payload or, if
    /// `announced` is given, the beginning of one of that many bytes.
    static QByteArray frame(quint8 head, const QByteArray &payload, quint64 announced = 0)
    {
        const quint64 size = announced > 0 ? announced : quint64(payload.size());
        QByteArray bytes(1, char(head));
        if (size < 126) {
            bytes += char(size);
        } else if (size < 65'536) {
            bytes += char(126);
            bytes += char(size >> 8);
            bytes += char(size);
        } else {
            bytes += char(127);
            for (int shift = 56; shift >= 0; shift -= 8)
                bytes += char(size >> shift);
        }
        return bytes + payload;
    }
    static QByteArray text(const QByteArray &payload) { return frame(0x81, payload); }
    static QByteArray binary(const QByteArray &payload) { return frame(0x82, payload); }

private:
    void greet(QTcpSocket *peer)
    {
        QObject::connect(peer, &QTcpSocket::disconnected, peer, &QObject::deleteLater);
        QObject::connect(peer, &QTcpSocket::readyRead, peer, [this, peer] {
            const QByteArray request = peer->peek(peer->bytesAvailable());
            if (!request.contains("\r\n\r\n"))
                return;
            peer->readAll();
            peer->disconnect(SIGNAL(readyRead()));
            QObject::connect(peer, &QTcpSocket::readyRead, peer, [peer] { peer->readAll(); });
            answer(peer, request);
        });
    }
    void answer(QTcpSocket *peer, const QByteArray &request)
    {
        if (m_script.upgrades) {
            const qsizetype at = request.toLower().indexOf("sec-websocket-key: ") + 19;
            const QByteArray key = request.mid(at, request.indexOf("\r\n", at) - at);
            peer->write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Accept: "
                        + QCryptographicHash::hash(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11",
                                                   QCryptographicHash::Sha1)
                              .toBase64()
                        + "\r\n\r\n");
        }
        peer->write(m_script.says);
        if (m_script.hangsUp)
            peer->disconnectFromHost();
        if (!m_script.saysForEver.isEmpty()) {
            const auto more = [peer, bytes = m_script.saysForEver] {
                while (peer->state() == QAbstractSocket::ConnectedState && peer->bytesToWrite() < 1'000'000)
                    peer->write(bytes);
            };
            QObject::connect(peer, &QTcpSocket::bytesWritten, peer, more);
            more();
        }
        if (!m_script.trickles.isEmpty()) {
            auto *timer = new QTimer(peer);
            QObject::connect(timer, &QTimer::timeout, peer,
                             [peer, bytes = m_script.trickles, at = 0]() mutable {
                                 peer->write(bytes.mid(at++ % bytes.size(), 1));
                             });
            timer->start(5);
        }
    }

    QTcpServer m_server;
    Script m_script;
};
