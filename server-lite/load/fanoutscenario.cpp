// SPDX-License-Identifier: MIT
#include "server-lite/load/fanoutscenario.h"

#include "server-lite/load/options.h"
#include "server-lite/load/packet.h"
#include "server-lite/load/process.h"
#include "server-lite/load/swarm.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>

namespace Load
{

FanOutScenario::FanOutScenario(const Options &options, Swarm &swarm, Recorder &recorder)
    : TrafficScenario(options, swarm, recorder)
    , m_rooms(hasRooms() ? (swarm.clients().size() + std::size_t(options.roomSize) - 1)
                               / std::size_t(options.roomSize)
                         : 1)
    , m_expected(swarm.clients().size())
    , m_isMember(swarm.clients().size())
    , m_payload(std::size_t(options.payload), 'x')
    , m_roomPrefix("load-" + std::to_string(getpid()) + '-')
{
}

bool FanOutScenario::hasRooms() const
{
    return m_options.scenario == Kind::Rooms;
}

std::string FanOutScenario::needs() const
{
    return hasRooms() ? "emit it, with all of its arguments, to the room that the first of them names"
                      : "emit it, with its arguments, to everybody";
}

FanOutScenario::Room &FanOutScenario::roomOf(const Client &client)
{
    return m_rooms[hasRooms() ? client.number() / std::size_t(m_options.roomSize) : 0];
}

std::string FanOutScenario::nameOf(std::size_t room) const
{
    return m_roomPrefix + std::to_string(room);
}

bool FanOutScenario::prepare()
{
    // The last ones read nothing, so that the first, which emits, is never among them.
    const std::size_t all = m_swarm.clients().size();
    for (const auto &client : m_swarm.clients()) {
        if (client->state() != Client::State::Joined || m_isMember[client->number()])
            continue;
        if (client->number() + std::size_t(m_options.slow) >= all) {
            client->stopReading();
            continue;
        }
        m_isMember[client->number()] = true;
        Room &room = roomOf(*client);
        room.members.push_back(client.get());
        m_expected[client->number()] = room.first + room.messages.size();
        if (hasRooms()) {
            ++m_asked;
            client->send(packetHead("2", m_options.nsp, 0) + "[\"" + m_options.joinEvent + "\",\""
                         + nameOf(std::size_t(&room - m_rooms.data())) + "\"]");
        }
    }
    for (const std::int64_t until = nanoseconds() + 10'000'000'000;
         m_asked && nanoseconds() < until && m_swarm.goesOn();)
        m_swarm.turn(10'000'000);
    return m_swarm.goesOn() && !m_asked;
}

void FanOutScenario::start()
{
    for (Room &room : m_rooms) {
        for (int i = 0; i < m_options.inFlight; ++i)
            emit(room, nanoseconds());
    }
}

void FanOutScenario::emitDue(std::int64_t due)
{
    for (std::size_t tried = 0; tried < m_rooms.size(); ++tried) {
        Room &room = m_rooms[m_next++ % m_rooms.size()];
        if (!room.members.empty())
            return emit(room, due);
    }
}

void FanOutScenario::emit(Room &room, std::int64_t due)
{
    if (room.members.empty())
        return;
    std::string text = packetHead("2", m_options.nsp) + "[\"" + m_options.event + "\",";
    if (hasRooms())
        text += '"' + nameOf(std::size_t(&room - m_rooms.data())) + "\",";
    text += std::to_string(room.first + room.messages.size()) + ",\"" + m_payload + "\"]";
    room.messages.push_back({due, room.members.size()});
    m_missing += room.members.size();
    room.members.front()->send(text);
}

void FanOutScenario::acknowledged(Client &, std::uint64_t)
{
    if (m_asked)
        --m_asked;
}

void FanOutScenario::received(Client &client, std::string_view rest)
{
    Room &room = roomOf(client);
    if (hasRooms()) // the room's name has no comma in it
        rest.remove_prefix(std::min(rest.size(), rest.find(',', 1)));
    std::uint64_t number = 0;
    if (rest.size() < 2
        || std::from_chars(rest.data() + 1, rest.data() + rest.size(), number).ec != std::errc()
        || number < m_expected[client.number()] || number - room.first >= room.messages.size())
        return;
    m_expected[client.number()] = number + 1;
    Message &message = room.messages[std::size_t(number - room.first)];
    countOperation(message.since);
    settle(room, message);
}

void FanOutScenario::settle(Room &room, Message &message)
{
    --m_missing;
    if (--message.missing)
        return;
    while (!room.messages.empty() && !room.messages.front().missing) {
        room.messages.pop_front();
        ++room.first;
    }
    if (isFlowing() && !isPaced())
        emit(room, nanoseconds());
}

void FanOutScenario::lost(Client &client)
{
    if (!m_isMember[client.number()])
        return;
    Room &room = roomOf(client);
    const bool wasSender = room.members.front() == &client;
    const std::uint64_t end = room.first + room.messages.size();
    std::erase(room.members, &client);
    m_isMember[client.number()] = false;
    if (wasSender) {
        // The server may never have got its last ones: nobody waits for them any more.
        for (const Message &message : room.messages)
            m_missing -= message.missing;
        room.messages.clear();
        room.first = end;
        for (const Client *member : room.members)
            m_expected[member->number()] = end;
        for (int i = 0; i < m_options.inFlight && isFlowing() && !isPaced(); ++i)
            emit(room, nanoseconds());
        return;
    }
    // It has got all before the one it expected, and gets none of the others.
    for (std::uint64_t number = std::max(m_expected[client.number()], room.first); number < end; ++number)
        settle(room, room.messages[std::size_t(number - room.first)]);
}

std::string FanOutScenario::complaint() const
{
    return m_asked ? "the server did not acknowledge \"" + m_options.joinEvent
                         + "\" to every client: it has to put it in the room that is named, and acknowledge"
                   : TrafficScenario::complaint();
}

} // namespace Load
