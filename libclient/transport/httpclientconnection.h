// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/transport/certificatecheck.h"
#include "libclient/transport/httpanswerparser.h"
#include "libclient/transport/transporterror.h"
#include "libclient/transport/transportoptions.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QObject>
#include <QtCore/QTimer>
#include <QtNetwork/QNetworkRequest>

#include <chrono>
#include <memory>

class QTcpSocket;

namespace EngineIo
{

/// One connection to one server, on which HTTP/1.1 requests follow each other. A request is written once and
/// never again: what happens to it is said, not mended. (QNetworkAccessManager sends a request up to three
/// times more when its connection is cut, and cannot be told not to.) Redirects are not followed. Thread: the
/// one that made it; may be destroyed at any time, in handlers of its own signals too.
class HttpClientConnection final : public QObject
{
    Q_OBJECT
public:
    enum class State : quint8 { Resting, Connecting, Asked };

    /// How long a connection that rests is used again if the server does not say. Source: Node's
    /// keepAliveTimeout is 5 s, and one of them must not cross with our request.
    static constexpr std::chrono::milliseconds restAllowance{4'000};
    /// Bytes kept of an answer that is not 200 and only says what went wrong.
    static constexpr qsizetype maxRefusalBytes = 64 * 1024;

    explicit HttpClientConnection(TransportOptions options, QObject *parent = nullptr);
    ~HttpClientConnection() override;

    State state() const { return m_state; }
    bool isBusy() const { return m_state != State::Resting; }

    /// Sends a request; the connection is made first if there is none that can be used again. `standstill` is
    /// how long nothing may move before it fails; 0 is for ever. Not while busy.
    void ask(const QByteArray &method, const QNetworkRequest &request, const QByteArray &body,
             std::chrono::milliseconds standstill);

    void abort(); ///< cuts the connection, without a signal

Q_SIGNALS:
    void bodyReceived(const QByteArray &bytes); ///< a piece of the body of a 200
    void answered(); ///< with 200, and all of it has come
    /// There will be no 200. The connection is cut.
    void failed(const EngineIo::RequestFailure &failure);

private:
    bool canBeUsedAgain();
    void connectToServer();
    void write();
    void onReadyRead();
    void onError(QAbstractSocket::SocketError error);
    void read();
    void takeHead();
    void complete();
    void fail(RequestFailure::Kind kind, const QString &detail,
              QAbstractSocket::SocketError error = QAbstractSocket::UnknownSocketError);
    void dropSocket();
    QByteArray head(const QByteArray &method, const QByteArray &body) const;

    const TransportOptions m_options;
    std::unique_ptr<QTcpSocket> m_socket;
    std::unique_ptr<CertificateCheck> m_check; ///< of the connection there is
    HttpAnswerParser m_parser;
    QNetworkRequest m_request;
    QByteArray m_unwritten; ///< the request until the connection stands
    QByteArray m_refusal; ///< the body of an answer that is not 200
    QTimer m_standstill;
    QDeadlineTimer m_restEnd;
    State m_state = State::Resting;
    bool m_headTaken = false;
    int m_signalDepth = 0; ///< above zero while the socket is on the call stack and must not be deleted
};

} // namespace EngineIo
