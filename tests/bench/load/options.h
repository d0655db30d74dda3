// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

namespace Load
{

enum class Scenario : std::uint8_t { Connect, Idle, Echo, Broadcast };

/// What hubbub-load was asked for on its command line. Thread: any; a plain value.
struct Options {
    Scenario scenario = Scenario::Echo;
    std::string host = "127.0.0.1";
    std::string port = "80";
    std::string path = "/socket.io/";
    std::string url;
    std::string nsp = "/";
    std::string auth; ///< JSON object sent with the CONNECT, or empty
    std::string event; ///< empty: "echo" or "bcast"
    std::string json; ///< file for the result, or empty; "-" is standard output
    int clients = 100;
    double seconds = 3; ///< of measurement, or of rest when idle
    double warmup = 0.5; ///< seconds of the same load before it
    long count = 0; ///< operations after which to end, before `seconds`; 0 is no bound
    long payload = 64; ///< bytes of text in each event
    int slow = 0; ///< clients that join and then never read again; a broadcast does not wait for them
    int inFlight = 1; ///< unanswered events per client, or broadcasts in all
    int handshakes = 200; ///< connections being made at once
    double rate = 0; ///< echoes a second in all, evenly spaced; 0 is as fast as answers come
    int pid = 0; ///< of the server, to read its processor time and memory; 0 is unknown
};

/// Reads the command line; ends the process after --help and after what it cannot understand.
Options parseOptions(int argc, char **argv);

const char *scenarioName(Scenario scenario);

} // namespace Load
