// SPDX-License-Identifier: MIT
#include "server-lite/transport/sessionid.h"

#include <QtCore/QRandomGenerator>

#include <array>

namespace EngineIo
{

QByteArray makeSessionId(int worker, int workers)
{
    constexpr int sidBytes = 15;
    std::array<quint32, (sidBytes + 3) / 4> random;
    QRandomGenerator::system()->fillRange(random.data(), qsizetype(random.size()));
    QByteArray bytes(reinterpret_cast<const char *>(random.data()), sidBytes);
    int first = uchar(bytes[0]);
    first += worker - first % workers;
    bytes[0] = char(first > 255 ? first - workers : first);
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

std::optional<int> workerOfSessionId(const QByteArray &sid, int workers)
{
    const auto decoded = QByteArray::fromBase64Encoding(
        sid.left(4), QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.isEmpty())
        return std::nullopt;
    return uchar(decoded.decoded[0]) % workers;
}

} // namespace EngineIo
