// SPDX-License-Identifier: MIT
#include "app/shell/identity.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QRegularExpression>
#include <QtCore/QStringList>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

int nameSlot(QStringView id)
{
    // FNV-1a, 32 bits: small, stable, spreads short ids well.
    quint32 hash = 2166136261U;
    for (const char byte : id.toUtf8())
        hash = (hash ^ static_cast<quint8>(byte)) * 16777619U;
    return static_cast<int>((hash ^ (hash >> 16)) % 8);
}

QString initials(const QString &name)
{
    static const QRegularExpression separators(u"[^\\p{L}\\p{N}]+"_s);
    const QStringList words = name.split(separators, Qt::SkipEmptyParts);
    if (words.isEmpty())
        return {};
    if (words.size() == 1)
        return words.first().left(2).toUpper();
    return words.first().left(1).toUpper() + words.last().left(1).toUpper();
}

QString peopleText(int count)
{
    return count == 1 ? QCoreApplication::translate("Hubbub::App", "1 person")
                      : QCoreApplication::translate("Hubbub::App", "%n people", nullptr, count);
}

} // namespace Hubbub::App
