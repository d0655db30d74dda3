// SPDX-License-Identifier: MIT
#include "server-lite/core/socketid.h"

#include <QtCore/QByteArray>
#include <QtCore/QRandomGenerator>
#include <QtCore/QtEndian>

#include <array>
#include <atomic>

namespace SocketIo
{

QString makeSocketId()
{
    static std::atomic<quint32> counter = 0;
    std::array<quint32, 4> bytes; // 11 random bytes, then the counter; the last byte is not used
    QRandomGenerator::system()->fillRange(bytes.data(), bytes.size());
    auto *raw = reinterpret_cast<char *>(bytes.data());
    qToBigEndian<quint32>(counter.fetch_add(1, std::memory_order_relaxed), raw + 11);
    return QString::fromLatin1(QByteArray::fromRawData(raw, 15).toBase64(QByteArray::Base64UrlEncoding));
}

} // namespace SocketIo
