// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace Load
{

enum class Kind : std::uint8_t { Connect, Idle, Echo, Broadcast, Rooms, Churn };
enum class Way : std::uint8_t { WebSocket, Polling, Upgrade }; ///< Upgrade: polling first, as browsers do

/// What hubbub-load was asked for on its command line. Thread: any; a plain value.
struct Options {
    Kind scenario = Kind::Echo;
    Way way = Way::WebSocket;
    std::string url; ///< as told, for people
    std::string host;
    std::string port = "80";
    bool secure = false; ///< with TLS
    bool insecure = false; ///< with TLS, but the server's certificate is not looked at
    std::string ca; ///< file of authorities to trust instead of the system's, or empty
    std::string path = "/socket.io/";
    std::string query; ///< more of it, `a=b&c=d`
    std::vector<std::string> moreHeaders; ///< each `Name: value`
    std::string nsp = "/";
    std::string auth; ///< JSON object sent with the CONNECT, or empty
    std::string event; ///< empty: the scenario's own
    std::string joinEvent = "join"; ///< rooms: by which a client asks to be in a room
    std::string arguments; ///< echo: JSON list to emit instead of text; or empty
    std::string json; ///< file for the result, or empty; "-" is standard output
    int clients = 100;
    int roomSize = 10; ///< clients of each room
    int steps = 1; ///< in so many groups of the same size the clients join, measured after each
    double seconds = 3; ///< of each measurement, or of rest when idle
    double warmup = 0.5; ///< seconds of the same load before it
    double ramp = 0; ///< seconds over which the clients join; 0 is as fast as they can
    double stay = 5; ///< churn: seconds a client stays, half as much to half as much more
    double timeout = 20; ///< seconds without anybody joining after which the rest is given up
    long count = 0; ///< operations after which to end, before `seconds`; 0 is no bound
    long payload = 64; ///< bytes of text in each event
    int slow = 0; ///< broadcast: clients that join and then never read again; nobody waits for them
    int inFlight = 1; ///< unanswered events of each client or room, or broadcasts in all
    int handshakes = 200; ///< connections being made at once
    double rate = 0; ///< events a second in all, evenly spaced; 0 is as fast as answers come
    int pid = 0; ///< of the server, to read its processor time and memory; 0 is unknown
    bool table = false; ///< all of the distribution of latencies, for people
    bool quiet = false; ///< no progress

    /// The target of a request of Engine.IO; sid may be empty.
    std::string target(std::string_view transport, std::string_view sid) const;
    /// Fields of every request, each with its line's end.
    std::string headers() const;
};

const char *scenarioName(Kind scenario);
const char *wayName(Way way);

} // namespace Load
