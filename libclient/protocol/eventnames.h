// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArrayView>
#include <QtCore/QString>

#include <array>

namespace SocketIo
{

/// The last names of events that came, as text, since the same few come again and again. Internal to the
/// protocol library. Thread: each has its own.
class EventNames
{
public:
    /// The name, which has to be ASCII.
    const QString &of(QByteArrayView name)
    {
        QString &place = m_places[placeOf(name)];
        if (place != QLatin1StringView(name.data(), name.size()))
            place = QString::fromLatin1(name);
        return place;
    }

private:
    static std::size_t placeOf(QByteArrayView name)
    {
        const auto first = static_cast<uchar>(name.front());
        const auto middle = static_cast<uchar>(name[name.size() / 2]);
        const auto last = static_cast<uchar>(name.back());
        return (std::size_t(name.size()) * 31 + first * 7 + middle * 3 + last) % places;
    }

    static constexpr std::size_t places = 64;
    std::array<QString, places> m_places;
};

} // namespace SocketIo
