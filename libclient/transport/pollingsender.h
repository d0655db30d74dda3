// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/engineiopacket.h"
#include "libclient/transport/httpclientconnection.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <deque>
#include <memory>
#include <vector>

namespace EngineIo
{

/// The outgoing half of long-polling: one POST at a time, on a connection of its own. Thread: its
/// transport's.
class PollingSender final : public QObject
{
    Q_OBJECT
public:
    explicit PollingSender(const TransportOptions &options, QObject *parent = nullptr);

    void joinSession(const QNetworkRequest &request, qint64 maxPayload);

    void send(const Packet &packet); ///< on the next turn: packets of one turn share a request
    bool isPosting() const { return m_connection.isBusy(); }
    bool isDone() const { return m_unsent.empty() && !isPosting(); }
    qint64 bytesToWrite() const { return m_unsentBytes + m_postedBytes; }
    std::vector<Packet> takeUnsent(); ///< what is not under way yet
    void abort();

    /// Goes on for an owner that is going: sends what is left, the goodbye last, and then deletes itself, at
    /// the latest after `patience` or with the program or thread. Holds on to `poll`, whose end the server
    /// would take for a broken connection.
    void leave(std::unique_ptr<HttpClientConnection> poll, std::chrono::milliseconds patience);

Q_SIGNALS:
    void taken(); ///< the server has a POST; the next may be under way
    void failed(const EngineIo::RequestFailure &failure);

private:
    void post();
    void onAnswered();
    std::vector<Packet> takePayload();

    const TransportOptions m_options;
    HttpClientConnection m_connection;
    std::unique_ptr<HttpClientConnection> m_poll; ///< when leaving
    QNetworkRequest m_request;
    std::deque<Packet> m_unsent;
    qint64 m_unsentBytes = 0;
    qint64 m_postedBytes = 0;
    qint64 m_answerBytes = 0;
    qint64 m_maxPayload = 0;
    int m_maxPackets = 0;
    QByteArray m_answerHead; ///< its first bytes, enough to know it
    QTimer m_soon;
};

} // namespace EngineIo
