// SPDX-License-Identifier: MIT
#include "server-lite/core/socketemitter.h"

#include "server-lite/core/readyfuture.h"
#include "server-lite/core/serversocket_p.h"

namespace SocketIo
{

SocketEmitter::SocketEmitter(ServerSocket *socket, EmitFlags flags)
    : m_socket(socket)
    , m_flags(flags)
{
}

SocketEmitter SocketEmitter::asVolatile() const
{
    SocketEmitter next = *this;
    next.m_flags.isVolatile = true;
    return next;
}

SocketEmitter SocketEmitter::compress(bool wanted) const
{
    SocketEmitter next = *this;
    next.m_flags.compress = wanted;
    return next;
}

SocketEmitter SocketEmitter::timeout(std::chrono::milliseconds deadline) const
{
    SocketEmitter next = *this;
    next.m_flags.timeout = deadline;
    return next;
}

void SocketEmitter::emitEvent(const QString &name, const Arguments &arguments) const
{
    if (m_socket)
        m_socket->d->emitEvent(name, arguments, m_flags);
}

QFuture<Hubbub::Result<Arguments>> SocketEmitter::emitWithAck(const QString &name,
                                                              const Arguments &arguments) const
{
    if (m_socket)
        return m_socket->d->emitWithAck(name, arguments, m_flags);
    return readyFuture(Hubbub::Result<Arguments>(
        Hubbub::failure(QStringLiteral("disconnected"), QStringLiteral("The client has left."))));
}

} // namespace SocketIo
