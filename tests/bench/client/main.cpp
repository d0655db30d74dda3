// SPDX-License-Identifier: MIT
#include "tests/bench/client/scenarios.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>

#include <cstdio>

using namespace Qt::StringLiterals;

/// bench-client [--round-trips SECONDS [--in-flight N] | --sockets N | --offline N] URL: over WebSocket. With
/// none of them it receives events.
int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    const QCommandLineOption roundTrips(u"round-trips"_s, u"Emits with acks for so long."_s, u"seconds"_s);
    const QCommandLineOption inFlight(u"in-flight"_s, u"So many of them at a time."_s, u"n"_s, u"1"_s);
    const QCommandLineOption sockets(u"sockets"_s, u"Holds so many connections."_s, u"n"_s);
    const QCommandLineOption offline(u"offline"_s, u"Emits so many events before it connects."_s, u"n"_s);
    parser.addOptions({roundTrips, inFlight, sockets, offline});
    parser.addPositionalArgument(u"url"_s, u"The server."_s);
    parser.process(application);
    const QUrl url = QUrl::fromUserInput(parser.positionalArguments().value(0));
    if (!url.isValid()) {
        std::fputs(qPrintable(parser.helpText()), stderr);
        return 2;
    }
    if (parser.isSet(roundTrips))
        return measureRoundTrips(url, std::max(1, parser.value(inFlight).toInt()),
                                 parser.value(roundTrips).toDouble());
    if (parser.isSet(sockets))
        return holdSockets(url, std::max(1, parser.value(sockets).toInt()));
    if (parser.isSet(offline))
        return emitOffline(url, std::max(1, parser.value(offline).toInt()));
    return receiveEvents(url);
}
