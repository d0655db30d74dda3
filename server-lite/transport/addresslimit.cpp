// SPDX-License-Identifier: MIT
#include "server-lite/transport/addresslimit.h"

#include <algorithm>

namespace EngineIo
{

namespace
{

QHostAddress keyOf(const QHostAddress &address)
{
    if (address.protocol() != QAbstractSocket::IPv6Protocol)
        return address;
    Q_IPV6ADDR bytes = address.toIPv6Address();
    std::fill(std::begin(bytes.c) + 8, std::end(bytes.c), quint8(0));
    return QHostAddress(bytes);
}

} // namespace

AddressLimit::Place AddressLimit::take(const QHostAddress &address)
{
    const QHostAddress key = keyOf(address);
    const std::scoped_lock lock(m_mutex);
    int &taken = m_taken[key];
    if (taken >= m_mostPlaces)
        return nullptr;
    ++taken;
    return {this, [self = shared_from_this(), key](void *) { self->giveBack(key); }};
}

void AddressLimit::giveBack(const QHostAddress &key)
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_taken.find(key);
    if (--*found == 0)
        m_taken.erase(found);
}

} // namespace EngineIo
