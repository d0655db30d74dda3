// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/client/manager.h"
#include "libclient/client/socket.h"
#include "tests/chaos/chaosproxy.h"

#include <memory>

namespace HubbubTest
{

/// Whether a client comes back after a loss. Thread: any.
enum class Persistence : quint8 { Reconnects, GivesUp };

/// A client behind a network of its own: connects, asks the server to store one thing and waits for the
/// answer, which is that thing again. Thread: the test's.
class ChaosClient : public QObject
{
    Q_OBJECT
public:
    ChaosClient(quint16 server, int number, const QCborValue &thing, const QStringList &transports,
                Persistence persistence);
    ~ChaosClient() override;

    ChaosProxy &proxy() { return m_proxy; }
    int number() const { return m_number; }
    /// Answered with the thing. Or, if it gives up: Closed with an error that has a code and a sentence, and
    /// what was asked has ended with one too.
    bool isDone() const;
    bool isAnswered() const { return m_answer && *m_answer && (*m_answer)->at(0) == m_thing; }
    QString verdict() const; ///< for people: where it stands
    bool isUpgraded() const { return m_manager->transportName() == QLatin1String("websocket"); }
    qint64 whenConnected(Way way) const { return m_whenConnected[std::size_t(way)]; } ///< bytes by then

private:
    void ask();

    int m_number;
    QCborValue m_thing;
    Persistence m_persistence;
    ChaosProxy m_proxy;
    std::array<qint64, 2> m_whenConnected{};
    bool m_hasAsked = false;
    std::optional<Hubbub::Result<SocketIo::Arguments>> m_answer;
    std::unique_ptr<SocketIo::Manager> m_manager;
    SocketIo::Socket *m_socket;
};

} // namespace HubbubTest
