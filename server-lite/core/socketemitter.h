// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/arguments.h"
#include "libclient/protocol/error.h"
#include "libclient/protocol/makearguments.h"

#include <QtCore/QFuture>
#include <QtCore/QPointer>

#include <chrono>
#include <optional>

namespace SocketIo
{

class ServerSocket;

/// How one event goes to one socket. Thread: any; a plain value.
struct EmitFlags {
    bool isVolatile = false;
    bool compress = true;
    std::optional<std::chrono::milliseconds> timeout = {};
};

/// Flags for what is emitted through it, and for nothing else: socket->asVolatile().emitEvent(…). Every call
/// gives a new one. A socket that is gone is ignored. Thread: the server's.
class SocketEmitter
{
public:
    SocketEmitter(ServerSocket *socket, EmitFlags flags);

    SocketEmitter asVolatile() const; ///< JavaScript's volatile: dropped if the client cannot take it now
    SocketEmitter compress(bool wanted) const; ///< no transport here compresses
    SocketEmitter timeout(std::chrono::milliseconds deadline) const; ///< of emitWithAck()

    /// As ServerSocket has them.
    void emitEvent(const QString &name, const Arguments &arguments) const;
    template <typename... A>
    void emitEvent(const QString &name, const A &...arguments) const
    {
        emitEvent(name, makeArguments(arguments...));
    }
    template <typename... A>
    void send(const A &...arguments) const
    {
        emitEvent(QStringLiteral("message"), arguments...);
    }
    QFuture<Hubbub::Result<Arguments>> emitWithAck(const QString &name, const Arguments &arguments) const;

private:
    QPointer<ServerSocket> m_socket;
    EmitFlags m_flags;
};

} // namespace SocketIo
