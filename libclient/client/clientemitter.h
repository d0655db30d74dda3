// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/client/emitflags.h"
#include "libclient/client/typedanswer.h"
#include "libclient/protocol/arguments.h"
#include "libclient/protocol/error.h"
#include "libclient/protocol/makearguments.h"

#include <QtCore/QFuture>
#include <QtCore/QPointer>

namespace SocketIo
{

class Socket;

/// Flags for what is emitted through it, and for nothing else: socket->asVolatile().emitEvent(…). Every call
/// gives a new one. Through a socket that is gone every emit fails with "disconnected". Thread: that of the
/// socket.
class ClientEmitter
{
public:
    ClientEmitter(Socket *socket, ClientEmitFlags flags);

    ClientEmitter asVolatile() const; ///< JavaScript's volatile: now or never
    ClientEmitter compress(bool wanted) const; ///< no transport here compresses
    ClientEmitter timeout(std::chrono::milliseconds deadline) const; ///< of answers

    /// As Socket has them; a volatile event that cannot go now fails with "not-sent".
    Hubbub::Result<void> emitEvent(const QString &name, const Arguments &arguments) const;
    template <typename... A>
    Hubbub::Result<void> emitEvent(const QString &name, const A &...arguments) const
    {
        return emitEvent(name, makeArguments(arguments...));
    }
    template <typename... A>
    Hubbub::Result<void> send(const A &...arguments) const
    {
        return emitEvent(QStringLiteral("message"), arguments...);
    }
    QFuture<Hubbub::Result<Arguments>> emitWithAck(const QString &name, const Arguments &arguments) const;
    template <typename R, typename... A>
    QFuture<Hubbub::Result<R>> request(const QString &name, const A &...arguments) const
    {
        return typedAnswer<R>(name, emitWithAck(name, makeArguments(arguments...)));
    }

private:
    QPointer<Socket> m_socket;
    ClientEmitFlags m_flags;
};

} // namespace SocketIo
