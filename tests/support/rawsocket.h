// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QJsonObject>
#include <QtCore/QObject>
#include <QtWebSockets/QWebSocket>

#include <chrono>
#include <deque>
#include <optional>

/// A peer that says and hears exact bytes over WebSocket, for tests of what is on the wire. Every wait spins
/// the event loop, so that a server on the same thread can answer, and ends at the latest after `patience`.
/// Thread: the test's.
class RawSocket : public QObject
{
    Q_OBJECT
public:
    struct Frame {
        QByteArray data;
        bool binary = false;
        friend bool operator==(const Frame &, const Frame &) = default;
    };

    /// Connects with EIO=4&transport=websocket to that path of a server on this machine.
    explicit RawSocket(quint16 port, const QByteArray &path = "/socket.io/", QObject *parent = nullptr);
    ~RawSocket() override;

    /// Waits for the open packet and takes it. False if the connection was refused.
    bool open();
    /// open(), CONNECT to the namespace, and its answer. Gives the socket's id, or nothing if it was refused.
    QString join(const QByteArray &nsp = "/", const QByteArray &auth = {});

    const QJsonObject &handshake() const { return m_handshake; }

    /// Answers pings by itself and does not report them. Off at first.
    void setAnswersPings(bool answers) { m_answersPings = answers; }

    void send(const QByteArray &text);
    void sendBinary(const QByteArray &data);
    void close();
    void abort(); ///< without a closing handshake

    /// The next frame, waited for; nothing if the connection closed or patience ended.
    std::optional<Frame> next();
    QByteArray nextText(); ///< empty if it is binary or missing
    bool hasFrame() const { return !m_frames.empty(); }

    bool isClosed() const { return m_closed; }
    bool waitForClose();

    QString id; ///< of its socket, noted by whoever joined it

    static constexpr std::chrono::milliseconds patience{5'000};

private:
    void receive(Frame frame);

    QWebSocket m_socket;
    std::deque<Frame> m_frames;
    QJsonObject m_handshake;
    bool m_answersPings = false;
    bool m_closed = false;
};
