// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/deadline.h"
#include "server-lite/net/httpparser.h"
#include "server-lite/net/httpresponse.h"

#include <QtCore/QObject>
#include <QtNetwork/QTcpSocket>

namespace Hubbub
{

class HttpConnection;

/// What a connection asks of its worker. Thread: the connection's.
class HttpConnectionHost
{
public:
    /// A head has come, and is still unread in the socket. Return true to have the body read and
    /// requestReceived() called; false when the connection was answered or its socket taken.
    virtual bool headReceived(HttpConnection &connection, HttpRequest &head) = 0;
    virtual void requestReceived(HttpConnection &connection, HttpRequest request) = 0;
    /// The connection is over, and its host's to delete (later).
    virtual void connectionGone(HttpConnection &connection) = 0;

protected:
    ~HttpConnectionHost() = default;
};

/// One HTTP/1.1 connection: requests one at a time with their deadlines, answers, keep-alive, and word of a
/// peer that leaves before its answer. What follows a request waits in the socket until that one is answered.
/// Thread: the one its socket lives on.
class HttpConnection : public QObject
{
    Q_OBJECT
public:
    enum class State : quint8 { Head, Body, Answering, Lingering, Gone };

    /// Takes the socket over. start() reads what it already holds.
    HttpConnection(quint64 id, QTcpSocket *socket, HttpConnectionHost &host, const HttpLimits &limits,
                   DeadlineQueue &deadlines, QObject *parent);
    ~HttpConnection() override;

    void start();

    /// Answers the request at hand; ignored when there is none. While the body has not been read, it also
    /// closes.
    void respond(const HttpResponse &response);

    /// Called once, before connectionGone(), when the peer leaves while it is owed an answer.
    void setAbortHandler(std::function<void()> handler) { m_abortHandler = std::move(handler); }

    /// Gives the socket away with the head unread in it; the connection is gone. Only from headReceived().
    QTcpSocket *takeSocket();

    /// Whether the peer announced a body. Only from headReceived().
    bool announcesBody() const { return m_parser.state() != HttpParser::State::Complete; }
    qsizetype headBytes() const { return m_headBytes; } ///< only from headReceived()
    const QTcpSocket *socket() const { return m_socket; } ///< until it is taken or gone

    /// Idle connections go at once, busy ones after their answer.
    void closeWhenIdle();
    void abort();

    quint64 id() const { return m_id; }
    State state() const { return m_state; }

private:
    void process();
    QByteArrayView peek(qint64 most) const;
    bool readHead();
    bool readBody();
    void refuse();
    void linger();
    void becomeGone();

    const quint64 m_id;
    QTcpSocket *m_socket;
    HttpConnectionHost &m_host;
    HttpLimits m_limits;
    HttpParser m_parser;
    Deadline m_deadline;
    std::function<void()> m_abortHandler;
    qsizetype m_headBytes = 0; ///< of the head, already parsed but still in the socket
    State m_state = State::Head;
    bool m_processing = false;
    bool m_headRequest = false;
    bool m_keepAlive = true;
};

} // namespace Hubbub
