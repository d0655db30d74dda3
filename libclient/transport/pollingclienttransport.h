// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/transport/clienttransport.h"
#include "libclient/transport/pollingsender.h"

#include <QtCore/QTimer>

#include <memory>

namespace EngineIo
{

/// Packets by HTTP long-polling: one GET that the server answers when it has something to say, and one POST
/// at a time with what we have, each on a connection of its own. Only 200 is success; redirects are not
/// followed but named. Thread: the one that made it; may be destroyed at any time, in handlers of its own
/// signals too; a session that stood is ended with a goodbye then, as long as the event loop runs.
class PollingClientTransport final : public ClientTransport
{
    Q_OBJECT
public:
    /// How long a goodbye may take before it is cut short.
    static constexpr std::chrono::milliseconds closeDeadline{3'000};

    explicit PollingClientTransport(const TransportOptions &options, QObject *parent = nullptr);
    ~PollingClientTransport() override;

    QString name() const override;
    void open(const QNetworkRequest &request) override;
    void joinSession(const Handshake &handshake) override;
    void send(const Packet &packet) override;
    bool isWritable() const override;
    qint64 bytesToWrite() const override { return m_sender->bytesToWrite(); }
    std::vector<Packet> pause() override;
    void resume() override;
    void close() override;
    void abort() override;

private:
    enum class State : quint8 { Idle, Opening, Open, Pausing, Paused, Closing, Closed };

    bool stands() const
    {
        return m_state == State::Open || m_state == State::Pausing || m_state == State::Paused;
    }
    void poll();
    void onPollData(const QByteArray &bytes);
    void onPollAnswered();
    bool deliver(QByteArrayView records);
    void onTaken();
    void restIfDone();
    void fail(const RequestFailure &failure);
    void finish(const Hubbub::Error &why);

    const TransportOptions m_options;
    std::unique_ptr<HttpClientConnection> m_poll;
    std::unique_ptr<PollingSender> m_sender;
    QNetworkRequest m_request; ///< with the session's id once there is one
    QByteArray m_body; ///< of the poll: the beginning of a packet
    std::chrono::milliseconds m_patience; ///< how long a poll may rest: the server's heartbeat, later
    QTimer m_closeTimer;
    State m_state = State::Idle;
};

} // namespace EngineIo
