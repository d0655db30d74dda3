// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/load/trafficscenario.h"

#include <deque>
#include <vector>

namespace Load
{

/// One client emits, and many get it: all of them (broadcast), or those of its room (rooms). An operation is
/// a delivery. Thread: one.
class FanOutScenario final : public TrafficScenario
{
public:
    FanOutScenario(const Options &options, Swarm &swarm, Recorder &recorder);

    void acknowledged(Client &client, std::uint64_t id) override;
    void received(Client &client, std::string_view rest) override;
    void lost(Client &client) override;
    std::string complaint() const override;

private:
    struct Message {
        std::int64_t since = 0; ///< nanoseconds
        std::size_t missing = 0; ///< members that have not got it
    };
    struct Room {
        std::vector<Client *> members; ///< that are there and read
        std::deque<Message> messages; ///< under way
        std::uint64_t first = 0; ///< number of the front of `messages`
    };

    bool prepare() override;
    void start() override;
    void emitDue(std::int64_t due) override;
    std::size_t inFlight() const override { return m_missing; }
    std::string needs() const override;

    bool hasRooms() const;
    Room &roomOf(const Client &client);
    std::string nameOf(std::size_t room) const;
    void emit(Room &room, std::int64_t due);
    void settle(Room &room, Message &message);

    std::vector<Room> m_rooms;
    std::vector<std::uint64_t> m_expected; ///< by client: number of the next message it will get
    std::vector<bool> m_isMember; ///< by client
    std::size_t m_missing = 0; ///< of all messages
    std::size_t m_asked = 0; ///< clients that wait to be in their room
    std::size_t m_next = 0; ///< whose turn it is when paced
    std::string m_payload;
    std::string m_roomPrefix; ///< of this process alone: several may put load on one server
};

} // namespace Load
