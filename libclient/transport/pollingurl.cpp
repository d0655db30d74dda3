// SPDX-License-Identifier: MIT
#include "libclient/transport/pollingurl.h"

#include <QtCore/QDateTime>
#include <QtCore/QRandomGenerator>

namespace EngineIo
{

QByteArray timestamp()
{
    constexpr int base = 36;
    constexpr quint32 threeDigits = base * base * base;
    const QByteArray chance = QByteArray::number(QRandomGenerator::global()->bounded(threeDigits), base);
    return QByteArray::number(QDateTime::currentMSecsSinceEpoch(), base).right(5)
           + chance.rightJustified(3, '0');
}

QNetworkRequest timestamped(QNetworkRequest request, const TransportOptions &options)
{
    if (options.timestampRequests)
        request.setUrl(
            withParameter(request.url(), options.timestampParam, QString::fromLatin1(timestamp())));
    return request;
}

} // namespace EngineIo
