// SPDX-License-Identifier: MIT
#include "libclient/client/clientemitter.h"

#include "libclient/client/ackregistry.h"
#include "libclient/client/socket.h"

using namespace Qt::StringLiterals;

namespace SocketIo
{

namespace
{

Hubbub::Error socketIsGone()
{
    return {u"disconnected"_s, u"The connection this was for is gone."_s, {}};
}

} // namespace

ClientEmitter::ClientEmitter(Socket *socket, ClientEmitFlags flags)
    : m_socket(socket)
    , m_flags(flags)
{
}

ClientEmitter ClientEmitter::asVolatile() const
{
    ClientEmitter changed = *this;
    changed.m_flags.isVolatile = true;
    return changed;
}

ClientEmitter ClientEmitter::compress(bool wanted) const
{
    ClientEmitter changed = *this;
    changed.m_flags.compress = wanted;
    return changed;
}

ClientEmitter ClientEmitter::timeout(std::chrono::milliseconds deadline) const
{
    ClientEmitter changed = *this;
    changed.m_flags.timeout = deadline;
    return changed;
}

Hubbub::Result<void> ClientEmitter::emitEvent(const QString &name, const Arguments &arguments) const
{
    if (!m_socket)
        return tl::unexpected<Hubbub::Error>(socketIsGone());
    return m_socket->emitFlagged(name, arguments, m_flags);
}

QFuture<Hubbub::Result<Arguments>> ClientEmitter::emitWithAck(const QString &name,
                                                              const Arguments &arguments) const
{
    if (m_socket)
        return m_socket->askFlagged(name, arguments, m_flags);
    const PendingAck ack;
    ack.finish(tl::unexpected<Hubbub::Error>(socketIsGone()));
    return ack.future();
}

} // namespace SocketIo
