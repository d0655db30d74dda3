// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QList>
#include <QtNetwork/QTcpSocket>

#include <chrono>
#include <memory>
#include <optional>

/// A peer that sends exact bytes to a server on this machine and reads HTTP answers. Every wait spins the
/// event loop, so that a server on the same thread can answer, and ends at the latest after `patience`.
/// Thread: the test's.
class HttpPeer
{
public:
    struct Reply {
        int status = 0;
        QByteArray head;
        QByteArray body;
        QByteArray header(const QByteArray &name) const;
    };

    /// Connects, in the clear or with TLS; certificates are not looked at.
    explicit HttpPeer(quint16 port, bool secure = false);
    HttpPeer(HttpPeer &&) = default;

    void send(const QByteArray &bytes);

    /// Sends a request with Host and, for a body, Content-Length.
    void request(const QByteArray &method, const QByteArray &target, const QByteArray &body = {},
                 const QByteArray &moreHeaders = {});

    /// The next answer; nothing if the connection closed before or patience ended.
    std::optional<Reply> reply();

    /// request() and reply(); status 0 without an answer.
    Reply ask(const QByteArray &method, const QByteArray &target, const QByteArray &body = {},
              const QByteArray &moreHeaders = {});
    Reply get(const QByteArray &target, const QByteArray &moreHeaders = {})
    {
        return ask("GET", target, {}, moreHeaders);
    }
    Reply post(const QByteArray &target, const QByteArray &body) { return ask("POST", target, body); }

    /// That many bytes behind the last answer, waited for; fewer if the connection closed or patience ended.
    QByteArray read(qsizetype bytes);
    bool hasBytes();

    void abort();
    bool waitForClose();
    bool isClosed() const { return m_socket->state() == QAbstractSocket::UnconnectedState; }
    QTcpSocket &socket() { return *m_socket; }

    static constexpr std::chrono::milliseconds patience{5'000};

private:
    void take();
    bool takeReply(Reply &reply);

    std::unique_ptr<QTcpSocket> m_socket;
    QByteArray m_buffer;
    QList<QByteArray> m_methods; ///< of the requests not answered yet
};
