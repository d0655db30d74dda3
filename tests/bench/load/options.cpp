// SPDX-License-Identifier: MIT
#include "tests/bench/load/options.h"

#include <getopt.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <type_traits>

namespace Load
{

namespace
{

constexpr const char *help =
    R"(hubbub-load --url URL [options]: puts load on a Socket.IO server over WebSocket, and measures it.

  --url URL            http://HOST:PORT[/PATH/]; the path is /socket.io/ if not given
  --scenario NAME      connect    joins a namespace with all clients, leaves, and again: connects/s
                       idle       joins with all clients and rests: memory per connection (with --pid)
                       echo       every client emits "echo" with an ack, again and again (default)
                       broadcast  one client emits "bcast", all get it
  --clients N          connections (100)
  --seconds S          how long to measure, or to rest (3); before it --warmup S of the same (0.5)
  --count N            end after N operations, if that comes before --seconds
  --payload BYTES      text in each event (64)
  --slow N             broadcast: N of the clients never read again once they have joined (0)
  --in-flight N        unanswered events per client, or broadcasts in all (1)
  --rate N             echo: N a second in all, evenly spaced, timed from when each was due
  --handshakes N       connections being made at once (200)
  --namespace NSP      the namespace to join (/)     --auth JSON   what to send when joining
  --event NAME         the event to emit; a broadcast must come back by the same name
  --pid PID            the server's process on this machine: its processor time and memory are read
  --json FILE          the result as JSON; - is standard output
  --help               this page

Ends with 0 if all went well, 1 if a client was refused or lost, 2 if the command is wrong.
)";

[[noreturn]] void refuse(const std::string &why)
{
    std::fprintf(stderr, "hubbub-load: %s; see --help\n", why.c_str());
    std::exit(2);
}

template <typename T>
T number(const char *option, const char *text, double min, double max)
{
    char *end = nullptr;
    const double value = std::strtod(text, &end);
    if (end == text || *end || !(value >= min && value <= max))
        refuse(std::string("--") + option + " cannot be \"" + text + '"');
    return T(value);
}

Scenario scenarioByName(std::string_view name)
{
    for (const auto scenario : {Scenario::Connect, Scenario::Idle, Scenario::Echo, Scenario::Broadcast})
        if (name == scenarioName(scenario))
            return scenario;
    refuse("there is no scenario \"" + std::string(name) + '"');
}

void readUrl(Options &options)
{
    std::string_view rest = options.url;
    if (rest.starts_with("https:") || rest.starts_with("wss:"))
        refuse("TLS is not spoken here: measure behind it, or without it");
    for (const std::string_view scheme : {"http://", "ws://"})
        if (rest.starts_with(scheme))
            rest.remove_prefix(scheme.size());
    const auto slash = rest.find('/');
    const std::string_view authority = rest.substr(0, slash);
    if (slash != std::string_view::npos && rest.size() > slash + 1)
        options.path = std::string(rest.substr(slash));
    if (options.path.back() != '/')
        options.path += '/';
    const auto colon = authority.rfind(':');
    options.host = std::string(authority.substr(0, colon));
    if (options.host.starts_with('[') && options.host.ends_with(']'))
        options.host = options.host.substr(1, options.host.size() - 2);
    if (colon != std::string_view::npos)
        options.port = std::string(authority.substr(colon + 1));
    if (options.host.empty())
        refuse("--url is needed, as http://HOST:PORT");
}

} // namespace

const char *scenarioName(Scenario scenario)
{
    switch (scenario) {
    case Scenario::Connect:
        return "connect";
    case Scenario::Idle:
        return "idle";
    case Scenario::Echo:
        return "echo";
    case Scenario::Broadcast:
        return "broadcast";
    }
    return "";
}

Options parseOptions(int argc, char **argv)
{
    static constexpr std::array names{"url",     "scenario",  "clients", "seconds",    "warmup",    "count",
                                      "payload", "in-flight", "rate",    "handshakes", "namespace", "auth",
                                      "event",   "pid",       "json",    "slow",       "help"};
    std::array<option, names.size() + 1> table{};
    for (std::size_t i = 0; i < names.size(); ++i)
        table[i] = {names[i], std::string_view(names[i]) == "help" ? no_argument : required_argument, nullptr,
                    int(i)};

    Options options;
    int index = 0;
    while ((index = getopt_long(argc, argv, "", table.data(), nullptr)) != -1) {
        if (index == '?')
            std::exit(2);
        const std::string_view name = names[std::size_t(index)];
        const auto integer = [&](auto &field, double min, double max) {
            field = number<std::decay_t<decltype(field)>>(name.data(), optarg, min, max);
        };
        if (name == "help") {
            std::fputs(help, stdout);
            std::exit(0);
        } else if (name == "url")
            options.url = optarg;
        else if (name == "scenario")
            options.scenario = scenarioByName(optarg);
        else if (name == "clients")
            integer(options.clients, 1, 1'000'000);
        else if (name == "seconds")
            integer(options.seconds, 0, 86'400);
        else if (name == "warmup")
            integer(options.warmup, 0, 600);
        else if (name == "count")
            integer(options.count, 0, 1e12);
        else if (name == "payload")
            integer(options.payload, 0, 900'000);
        else if (name == "slow")
            integer(options.slow, 0, 1'000'000);
        else if (name == "in-flight")
            integer(options.inFlight, 1, 10'000);
        else if (name == "rate")
            integer(options.rate, 0, 1e7);
        else if (name == "handshakes")
            integer(options.handshakes, 1, 4'000);
        else if (name == "namespace")
            options.nsp = optarg;
        else if (name == "auth")
            options.auth = optarg;
        else if (name == "event")
            options.event = optarg;
        else if (name == "pid")
            integer(options.pid, 1, 1e9);
        else if (name == "json")
            options.json = optarg;
    }
    if (optind < argc)
        refuse(std::string("what is \"") + argv[optind] + "\"?");
    readUrl(options);
    if (options.slow >= options.clients)
        refuse("--slow has to leave a client that reads");
    if (!options.nsp.starts_with('/'))
        options.nsp = std::string(1, '/').append(options.nsp);
    if (options.event.empty())
        options.event = options.scenario == Scenario::Broadcast ? "bcast" : "echo";
    return options;
}

} // namespace Load
