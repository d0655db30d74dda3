// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QHash>
#include <QtNetwork/QHostAddress>

#include <memory>
#include <mutex>

namespace EngineIo
{

/// How many places each address holds at a time. An IPv6 network of 64 bits counts as one address, since
/// every home has that many. Thread: any.
class AddressLimit : public std::enable_shared_from_this<AddressLimit>
{
public:
    /// Given back when the last copy goes.
    using Place = std::shared_ptr<void>;

    explicit AddressLimit(int mostPlaces)
        : m_mostPlaces(mostPlaces)
    {
    }

    /// Null when that address holds all it may.
    Place take(const QHostAddress &address);

private:
    void giveBack(const QHostAddress &key);

    const int m_mostPlaces;
    std::mutex m_mutex;
    QHash<QHostAddress, int> m_taken;
};

} // namespace EngineIo
