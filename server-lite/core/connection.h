// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/parser.h"
#include "server-lite/core/middleware.h"
#include "server-lite/core/recovery.h"
#include "server-lite/transport/engineserver.h"

#include <QtCore/QPointer>
#include <QtCore/QStringList>

#include <memory>
#include <vector>

namespace SocketIo
{

class Namespace;
class Server;
class ServerSocket;

/// One transport session, and the sockets its client has in the namespaces: what the reference server calls
/// Client. Owned by the Server, from the session's opening to its close. Thread: the server's.
class Connection : public std::enable_shared_from_this<Connection>
{
public:
    Connection(Server *server, EngineIo::SessionHandle session,
               std::shared_ptr<const EngineIo::SessionInfo> info);
    ~Connection();
    Q_DISABLE_COPY_MOVE(Connection)

    EngineIo::SessionHandle handle() const { return m_session; }
    const QString &clientId() const { return m_clientId; } ///< its own random id: the sid is a secret
    EngineIo::TransportName transport() const { return m_transport; }
    bool isOpen() const { return m_state == State::Open; }
    bool hasJoined() const { return m_hasJoined; } ///< any namespace, ever
    QList<QPointer<ServerSocket>> sockets() const;

    void receive(const EngineIo::Message &message);
    void setTransport(EngineIo::TransportName transport);

    void send(EngineIo::FramesPtr frames, EngineIo::SendMode mode = EngineIo::SendMode::Reliable);
    void send(const Packet &packet, EngineIo::SendMode mode = EngineIo::SendMode::Reliable);

    /// Leaves all namespaces with that reason and ends the session, after what was sent before has gone out.
    void close(const QString &reason, const QString &description = {});
    /// As close(), telling every socket that it was the server's wish.
    void disconnectAll();
    /// The session is over.
    void ended(const QString &reason, const QString &description = {});

    /// A socket is gone; told to the client or not, packets that were on their way to it are no violation.
    void forget(ServerSocket *socket, const QString &nsp, bool byServer);

private:
    enum class State { Open, Closing, Closed };

    struct Joined {
        QString nsp;
        ServerSocket *socket;
    };

    void process(Packet packet);
    void connectTo(const Packet &packet);
    void restore(Namespace *nsp, QCborMap auth);
    void admit(Namespace *nsp, const QCborMap &auth, const std::optional<PersistedSession> &session);
    void finishConnect(Namespace *nsp, ServerSocket *socket, const std::optional<Refusal> &refusal);
    void refuse(const QString &nsp, const Refusal &refusal);
    void leaveAll(const QString &reason, const QString &description);
    ServerSocket *find(const std::vector<Joined> &list, const QString &nsp) const;

    Server *m_server;
    EngineIo::SessionHandle m_session;
    std::shared_ptr<const EngineIo::SessionInfo> m_info;
    std::unique_ptr<Decoder> m_decoder;
    QString m_clientId;
    EngineIo::TransportName m_transport;
    State m_state = State::Open;
    bool m_hasJoined = false;
    QStringList m_awaited; ///< namespaces it asked for, and nobody has said yet whether they are there
    std::vector<Joined> m_connecting; ///< middlewares are at work
    std::vector<Joined> m_connected;
    QStringList m_leftByServer; ///< the client may not know yet
};

} // namespace SocketIo
