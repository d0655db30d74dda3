// SPDX-License-Identifier: MIT
#include "app/console/units.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

#include <algorithm>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

QString shortDuration(qint64 seconds)
{
    constexpr qint64 minute = 60;
    constexpr qint64 hour = 60 * minute;
    constexpr qint64 day = 24 * hour;
    seconds = std::max<qint64>(0, seconds);
    if (seconds < minute)
        return u"%1s"_s.arg(seconds);
    if (seconds < hour)
        return u"%1m"_s.arg(seconds / minute);
    if (seconds < day)
        return u"%1h %2m"_s.arg(seconds / hour).arg(seconds % hour / minute, 2, 10, QChar(u'0'));
    return u"%1d %2h"_s.arg(seconds / day).arg(seconds % day / hour);
}

QString shortSize(qint64 bytes)
{
    if (bytes < 0)
        return {};
    if (bytes < 1000)
        return u"%1 B"_s.arg(bytes);
    const char *const units[] = {"kB", "MB", "GB", "TB"};
    double value = double(bytes) / 1000;
    size_t unit = 0;
    for (; value >= 1000 && unit < 3; ++unit)
        value /= 1000;
    return u"%1 %2"_s.arg(QLocale().toString(value, 'f', value < 100 ? 1 : 0),
                          QLatin1StringView(units[unit]));
}

} // namespace Hubbub::App
