// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/transport/clienttransport.h"
#include "libclient/transport/transportoptions.h"

#include <QtCore/QTimer>
#include <QtNetwork/QNetworkAccessManager>

#include <deque>

class QNetworkReply;

namespace EngineIo
{

/// Packets by HTTP long-polling: one GET that the server answers when it has something to say, and one POST
/// at a time with what we have. Only 200 is success; redirects are not followed but named. Thread: the one
/// that made it; may be destroyed at any time, in handlers of its own signals too.
class PollingClientTransport final : public ClientTransport
{
    Q_OBJECT
public:
    /// How long a goodbye may take before it is cut short.
    static constexpr std::chrono::milliseconds closeDeadline{3'000};

    explicit PollingClientTransport(TransportOptions options, QObject *parent = nullptr);
    ~PollingClientTransport() override;

    QString name() const override;
    void open(const QNetworkRequest &request) override;
    void joinSession(const Handshake &handshake) override;
    void send(const Packet &packet) override;
    bool isWritable() const override;
    qint64 bytesToWrite() const override { return m_unsentBytes + m_postedBytes; }
    std::vector<Packet> pause() override;
    void resume() override;
    void close() override;
    void abort() override;

private:
    enum class State : quint8 { Idle, Opening, Open, Pausing, Paused, Closing, Closed };

    void poll();
    void onPollData();
    void onPollFinished();
    bool deliver(QByteArrayView records);
    void post();
    void onPostFinished();
    std::vector<Packet> takePayload();
    void restIfDone();
    bool sends() const { return m_state != State::Paused && m_state != State::Closed; }

    QNetworkRequest request(std::chrono::milliseconds standstill) const;
    QNetworkReply *watched(QNetworkReply *reply);
    static void drop(QNetworkReply *&reply);
    void fail(QNetworkReply *reply, const QByteArray &body);
    void finish(const Hubbub::Error &why);

    const TransportOptions m_options;
    std::unique_ptr<QNetworkAccessManager> m_network;
    QNetworkRequest m_base; ///< with the session's id once there is one
    QNetworkReply *m_poll = nullptr; ///< while under way
    QNetworkReply *m_post = nullptr; ///< while under way
    QByteArray m_body; ///< of the poll: the beginning of a packet
    std::deque<Packet> m_unsent;
    qint64 m_unsentBytes = 0;
    qint64 m_postedBytes = 0;
    qint64 m_maxPayload = 0;
    std::chrono::milliseconds m_patience{0}; ///< how long a poll may rest: the server's heartbeat
    QTimer m_postTimer; ///< packets of one turn share a request
    QTimer m_closeTimer;
    QStringList m_certificateProblems;
    State m_state = State::Idle;
    int m_signalDepth = 0; ///< above zero while a reply is on the call stack and must not be deleted
};

} // namespace EngineIo
