// SPDX-License-Identifier: MIT
#include "server-lite/load/commandline.h"

#include "server-lite/load/target.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QJsonDocument>
#include <QtCore/QTextStream>

#include <array>
#include <functional>
#include <span>

namespace Load
{

using namespace Qt::StringLiterals;
using Hubbub::failure;
using Hubbub::Result;

namespace
{

using Set = std::function<QString(Options &, const QString &)>; ///< gives what the value must be, or nothing

struct Option {
    const char *group;
    const char *name;
    const char *value; ///< what its value is called in the help; empty for a switch
    const char *description;
    const char *standard; ///< for the help; empty if there is none worth telling
    Set set;
};

template <typename T>
Set number(T Options::*field, double least, double most)
{
    return [=](Options &options, const QString &text) {
        bool isNumber = false;
        const double value = text.toDouble(&isNumber);
        const bool isFit = isNumber && value >= least && value <= most
                           && (std::is_floating_point_v<T> || value == double(T(value)));
        if (!isFit)
            return u"a number from %1 to %2"_s.arg(least, 0, 'f', 0).arg(most, 0, 'f', 0);
        options.*field = T(value);
        return QString();
    };
}

Set text(std::string Options::*field)
{
    return [=](Options &options, const QString &value) {
        options.*field = value.toStdString();
        return QString();
    };
}

Set flag(bool Options::*field)
{
    return [=](Options &options, const QString &) {
        options.*field = true;
        return QString();
    };
}

template <typename Enum>
Set oneOf(Enum Options::*field, const char *(*nameOf)(Enum), std::initializer_list<Enum> all)
{
    return [=, values = std::vector<Enum>(all)](Options &options, const QString &value) {
        QStringList names;
        for (const Enum one : values) {
            names << QString::fromLatin1(nameOf(one));
            if (names.last() == value) {
                options.*field = one;
                return QString();
            }
        }
        return u"one of "_s + names.join(u", "_s);
    };
}

Set json(std::string Options::*field, bool isList)
{
    return [=](Options &options, const QString &value) {
        const auto parsed = QJsonDocument::fromJson(value.toUtf8());
        if (isList ? !parsed.isArray() : !parsed.isObject())
            return isList ? u"a JSON list"_s : u"a JSON object"_s;
        options.*field = parsed.toJson(QJsonDocument::Compact).toStdString();
        return QString();
    };
}

QString setScenario(Options &options, const QString &value)
{
    if (value
        == "polling"_L1) { // by this name since it is what people look for: the transport is what differs
        options.scenario = Kind::Echo;
        options.way = Way::Polling;
        return {};
    }
    const auto wanted = oneOf(
        &Options::scenario, scenarioName,
        {Kind::Connect, Kind::Idle, Kind::Echo, Kind::Broadcast, Kind::Rooms, Kind::Churn})(options, value);
    return wanted.isEmpty() ? wanted : wanted + u", polling"_s;
}

QString addHeader(Options &options, const QString &value)
{
    const bool isField = value.indexOf(u':') > 0 && !value.contains(u'\r') && !value.contains(u'\n');
    if (isField)
        options.moreHeaders.push_back(value.toStdString());
    return isField ? QString() : u"a header such as \"Authorization: Bearer TOKEN\""_s;
}

QString setUrl(Options &options, const QString &value)
{
    return readTarget(value, options);
}

QString setNamespace(Options &options, const QString &value)
{
    options.nsp = (value.startsWith(u'/') ? value : u'/' + value).toStdString();
    return value.contains(u',') ? u"a name without commas"_s : QString();
}

std::span<const Option> table()
{
    static constexpr auto where = "Where";
    static constexpr auto what = "What";
    static constexpr auto much = "How much";
    static constexpr auto tell = "What is told";
    static const std::array options{
        Option{where, "url", "URL", "http:// or https://HOST:PORT, with /PATH/ if not at /socket.io/", "",
               setUrl},
        Option{where, "ca", "FILE", "https: trust the authorities in this PEM file", "the system's",
               text(&Options::ca)},
        Option{where, "insecure", "", "https, for tests: do not check the certificate", "",
               flag(&Options::insecure)},
        Option{where, "transport", "NAME", "websocket, polling, or upgrade from polling as browsers do it",
               "websocket", oneOf(&Options::way, wayName, {Way::WebSocket, Way::Polling, Way::Upgrade})},
        Option{where, "namespace", "NSP", "Namespace to join", "/", setNamespace},
        Option{where, "auth", "JSON", "Object to send when joining it", "", json(&Options::auth, false)},
        Option{where, "query", "QUERY", "More of the query, as a=b&c=d", "", text(&Options::query)},
        Option{where, "header", "HEADER", "Header of every request; may be repeated", "", addHeader},
        Option{what, "scenario", "NAME", "What the clients do, see below", "echo", setScenario},
        Option{what, "event", "NAME", "Event they emit", "the scenario's", text(&Options::event)},
        Option{what, "join-event", "NAME", "rooms: event that asks for a room, acknowledged", "join",
               text(&Options::joinEvent)},
        Option{what, "payload", "BYTES", "Text in each event", "64", number(&Options::payload, 0, 900'000)},
        Option{what, "arguments", "JSON", "echo: list to emit instead of that text", "",
               json(&Options::arguments, true)},
        Option{what, "room-size", "N", "rooms: clients in each", "10",
               number(&Options::roomSize, 1, 1'000'000)},
        Option{what, "stay", "S", "churn: seconds a client stays, give or take half", "5",
               number(&Options::stay, 0.01, 86'400)},
        Option{what, "slow", "N", "broadcast: so many clients never read once they joined", "0",
               number(&Options::slow, 0, 1'000'000)},
        Option{much, "clients", "N", "Connections", "100", number(&Options::clients, 1, 1'000'000)},
        Option{much, "ramp", "S", "Let them join evenly over S seconds", "as fast as they can",
               number(&Options::ramp, 0, 86'400)},
        Option{much, "steps", "N", "Join in N groups and measure after each", "1",
               number(&Options::steps, 1, 1000)},
        Option{much, "handshakes", "N", "Connections being made at once", "200",
               number(&Options::handshakes, 1, 4'000)},
        Option{much, "timeout", "S", "Give up on the rest when nobody joins for so long", "20",
               number(&Options::timeout, 0.1, 3'600)},
        Option{much, "rate", "N", "Events a second in all, evenly spaced", "as fast as answers come",
               number(&Options::rate, 0, 1e7)},
        Option{much, "in-flight", "N", "Unanswered events of each client or room, or broadcasts in all", "1",
               number(&Options::inFlight, 1, 10'000)},
        Option{much, "warmup", "S", "Seconds of load before each measurement", "0.5",
               number(&Options::warmup, 0, 600)},
        Option{much, "seconds", "S", "Seconds to measure, or to rest when idle", "3",
               number(&Options::seconds, 0, 86'400)},
        Option{much, "count", "N", "End after N operations, if that is earlier", "",
               number(&Options::count, 0, 1e12)},
        Option{tell, "pid", "PID", "The server's process here: tell its processor time and memory", "",
               number(&Options::pid, 1, 1e9)},
        Option{tell, "table", "", "Show all of the distribution of latencies", "", flag(&Options::table)},
        Option{tell, "json", "FILE", "Write the result as JSON; - is standard output, without the report", "",
               text(&Options::json)},
        Option{tell, "quiet", "", "No progress on a terminal", "", flag(&Options::quiet)},
        Option{tell, "help", "", "Show this and exit", "", {}},
        Option{tell, "version", "", "Show the version and exit", "", {}},
    };
    return options;
}

Result<void> check(Options &options)
{
    const auto invalid = [](const QString &sentence) { return failure(u"invalid-option"_s, sentence); };
    if (options.host.empty())
        return invalid(u"--url is missing: say --url http://HOST:PORT, see --help."_s);
    if (!options.secure && (options.insecure || !options.ca.empty()))
        return invalid(u"--ca and --insecure are for https:// and wss://, and --url is neither."_s);
    if (options.insecure && !options.ca.empty())
        return invalid(u"--insecure checks nothing, so --ca cannot be used with it."_s);
    if (options.slow >= options.clients)
        return invalid(u"--slow must be less than --clients, which are %1."_s.arg(options.clients));
    if (options.steps > options.clients)
        return invalid(u"--steps must not be more than --clients, which are %1."_s.arg(options.clients));
    if (options.event.empty())
        options.event = options.scenario == Kind::Broadcast ? "bcast"
                        : options.scenario == Kind::Rooms   ? "say"
                                                            : "echo";
    return {};
}

} // namespace

Result<CommandLine> CommandLine::parse(const QStringList &arguments)
{
    QCommandLineParser parser;
    for (const auto &option : table())
        parser.addOption(
            QCommandLineOption(QString::fromLatin1(option.name), {}, QString::fromLatin1(option.value)));
    if (!parser.parse(arguments))
        return failure(u"invalid-option"_s, parser.errorText() + u" See --help."_s);
    if (!parser.positionalArguments().isEmpty())
        return failure(u"invalid-option"_s,
                       u"What is \"%1\"? See --help."_s.arg(parser.positionalArguments().first()));
    CommandLine line;
    if (parser.isSet(u"help"_s) || parser.isSet(u"version"_s)) {
        line.action = parser.isSet(u"help"_s) ? Action::ShowHelp : Action::ShowVersion;
        return line;
    }
    for (const auto &option : table()) {
        const auto name = QString::fromLatin1(option.name);
        if (!parser.isSet(name))
            continue;
        const auto values = *option.value ? parser.values(name) : QStringList{QString()};
        for (const QString &value : values) {
            if (const QString wanted = option.set(line.options, value); !wanted.isEmpty())
                return failure(u"invalid-option"_s,
                               u"--%1 must be %2, not \"%3\"."_s.arg(name, wanted, value));
        }
    }
    if (const auto checked = check(line.options); !checked)
        return tl::unexpected<Hubbub::Error>(checked.error());
    return line;
}

QString CommandLine::help()
{
    QString said;
    QTextStream out(&said);
    out << "Usage: hubbub-load --url URL [options]\n\n"
           "Puts load on any Socket.IO server (version 3 or 4 of it) and tells how fast it is. Ctrl+C ends "
           "it with "
           "the\nreport so far.\n";
    std::string_view group;
    for (const auto &option : table()) {
        if (group != option.group)
            out << '\n' << option.group << ":\n", group = option.group;
        const auto name =
            u"--%1 %2"_s.arg(QString::fromLatin1(option.name), QString::fromLatin1(option.value));
        out << "  " << name.trimmed().leftJustified(20) << "  " << option.description;
        if (*option.standard)
            out << " [" << option.standard << ']';
        out << '\n';
    }
    out << "\nScenarios, and what the server has to do for each:\n"
           "  connect     all clients join and leave, again and again       nothing\n"
           "  idle        all clients join and rest; tells memory (--pid)   nothing\n"
           "  churn       clients come and go all the time                  nothing\n"
           "  echo        each client emits and waits for the ack           ack \"echo\"\n"
           "  polling     echo with --transport polling                     ack \"echo\"\n"
           "  broadcast   one client emits, all get it                      io.emit(\"bcast\", ...args)\n"
           "  rooms       one client of each room emits, all of it get it   on \"join\" join the room and "
           "ack;\n"
           "                                                                on \"say\" (room, ...rest)\n"
           "                                                                io.to(room).emit(\"say\", room, "
           "...rest)\n"
           "\nExamples:\n"
           "  hubbub-load --url http://127.0.0.1:3000\n"
           "  hubbub-load --url http://127.0.0.1:3000 --clients 5000 --steps 5 --ramp 20 --rate 10000\n"
           "  hubbub-load --url http://127.0.0.1:3000 --scenario rooms --clients 1000 --room-size 50 --json "
           "result.json\n"
           "\nExit codes: 0 all went well, 1 clients were refused or lost or got no answer, 2 wrong "
           "options,\n"
           "3 nobody could join, 130 interrupted.\n";
    return said;
}

} // namespace Load
