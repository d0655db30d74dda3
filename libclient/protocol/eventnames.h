// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/socketiopacket.h"

#include <QtCore/QByteArray>
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
    struct Name {
        QByteArray bytes;
        QString text;
        bool reserved = false;
    };

    /// The name, which has to be ASCII and not empty.
    const Name &of(QByteArrayView name)
    {
        Name &place = m_places[placeOf(name)];
        if (QByteArrayView(place.bytes) != name) {
            place = {name.toByteArray(), QString::fromLatin1(name)};
            place.reserved = isReservedEvent(place.text);
        }
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
    std::array<Name, places> m_places;
};

} // namespace SocketIo
