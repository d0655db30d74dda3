// SPDX-License-Identifier: MIT
#include "libclient/outbox/outboxid.h"

#include <QtCore/QDateTime>
#include <QtCore/QRandomGenerator>
#include <QtCore/QUuid>

namespace Hubbub
{

QString makeOutboxId()
{
    const quint64 now = quint64(QDateTime::currentMSecsSinceEpoch());
    const quint64 high = QRandomGenerator::system()->generate64();
    const quint64 low = QRandomGenerator::system()->generate64();
    QUuid id;
    id.data1 = uint(now >> 16);
    id.data2 = ushort(now);
    id.data3 = ushort(0x7000 | (high & 0x0fff));
    for (int i = 0; i < 8; ++i)
        id.data4[i] = uchar(low >> (8 * i));
    id.data4[0] = uchar((id.data4[0] & 0x3f) | 0x80);
    return id.toString(QUuid::WithoutBraces);
}

} // namespace Hubbub
