// SPDX-License-Identifier: MIT
#include "server-lite/cli/optiontable.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QTextStream>

namespace Hubbub::OptionTable
{

using namespace Qt::StringLiterals;

const QList<Option> &options()
{
    static const auto where = u"Where it listens"_s;
    static const auto what = u"What it keeps"_s;
    static const auto who = u"Who may come in"_s;
    static const auto admin = u"Operators (the namespace /admin exists only with these two)"_s;
    static const auto limits = u"Limits"_s;
    static const auto running = u"Running it"_s;
    static const auto more = u"Other"_s;
    static const QList<Option> table{
        {where, u"host"_s, u"ADDRESS"_s, u"Address to listen on; 0.0.0.0 or :: for all"_s, u"127.0.0.1"_s},
        {where, u"port"_s, u"PORT"_s, u"Port to listen on; 0 picks a free one"_s, u"3000"_s},
        {where, u"workers"_s, u"N"_s, u"Threads for the network, 1 to 64; with 1, handlers share it"_s,
         u"one per core, at most 4"_s},
        {where,
         u"tls-certificate"_s,
         u"FILE"_s,
         u"Serve https and wss with this certificate and chain, PEM"_s,
         {}},
        {where,
         u"tls-key"_s,
         u"FILE"_s,
         u"Key of that certificate, PEM; both are read again when they change"_s,
         {}},
        {what,
         u"data"_s,
         u"FOLDER"_s,
         u"Folder for the history and the secret; without it both end with the program"_s,
         {}},
        {what, u"title"_s, u"TEXT"_s, u"Name of the server, for people"_s, u"Hubbub"_s},
        {who, u"guests"_s, {}, u"Let anybody come in from a browser, by name only"_s, {}},
        {who, u"jwt-secret-file"_s, u"FILE"_s, u"Secret that signs tokens (HS256), at least 32 bytes"_s,
         u"made once, in FOLDER/jwt-secret"_s},
        {who,
         u"jwt-public-key-file"_s,
         u"FILE"_s,
         u"Public key that checks tokens others sign: RSA, P-256 or Ed25519, in PEM"_s,
         {}},
        {who, u"allow-eternal-tokens"_s, {}, u"Accept tokens that never expire"_s, {}},
        {who, u"allow-origin"_s, u"ORIGIN"_s, u"Web pages from there may connect; may be repeated"_s,
         u"only the server's own page"_s},
        {who, u"allow-host"_s, u"NAME"_s, u"Name it is reached by; may be repeated"_s,
         u"addresses, localhost, this machine"_s},
        {admin, u"admin-username"_s, u"NAME"_s, u"Name to sign in with"_s, {}},
        {admin, u"admin-password-file"_s, u"FILE"_s, u"Holds the password, or its hash by crypt(3)"_s, {}},
        {limits, u"max-connections"_s, u"N"_s, u"Connections at a time; more are refused with 503"_s,
         u"100000"_s},
        {limits, u"max-connections-per-address"_s, u"N"_s,
         u"Clients of one address at a time, more are refused with 429; 0 for any"_s, u"0"_s},
        {limits, u"trusted-proxy"_s, u"NETWORK"_s,
         u"Proxy whose X-Forwarded-For tells the address; may be repeated"_s, u"none"_s},
        {limits, u"max-header-bytes"_s, u"N"_s, u"Head of a request; more is refused with 431"_s, u"16384"_s},
        {limits, u"max-payload-bytes"_s, u"N"_s, u"One message or body; more is refused"_s, u"1000000"_s},
        {limits, u"max-queued-bytes"_s, u"N"_s, u"Waiting for one slow client, which is then closed"_s,
         u"16000000"_s},
        {limits, u"events-per-connection"_s, u"N"_s,
         u"Chat events a second, twice that at once; who goes on is blocked; 0 for any"_s, u"50"_s},
        {limits, u"events-per-user"_s, u"N"_s, u"The same for all connections of one person"_s, u"100"_s},
        {limits, u"events-per-address"_s, u"N"_s, u"The same for all of one address"_s, u"1000"_s},
        {limits, u"connects-per-address"_s, u"N"_s, u"Who comes into the chat from one address, a second"_s,
         u"50"_s},
        {running, u"drain-seconds"_s, u"N"_s,
         u"When told to stop, let clients leave by themselves for so long"_s, u"0"_s},
        {running, u"log-format"_s, u"FORMAT"_s, u"Lines on stderr: text or json"_s, u"text"_s},
        {running, u"log-level"_s, u"LEVEL"_s,
         u"error, warning, notice, info (each connection too) or debug"_s, u"notice"_s},
        {more,
         u"config"_s,
         u"FILE"_s,
         u"Read options from FILE, one \"name=value\" a line; the command line wins"_s,
         {},
         false},
        {more,
         u"issue-token"_s,
         u"USER"_s,
         u"Print a token for the user with this id, valid for 30 days, and exit"_s,
         {},
         false},
        {more, u"name"_s, u"NAME"_s, u"Name of that user, for people"_s, u"the id"_s, false},
        {more, u"help"_s, {}, u"Show this and exit"_s, {}, false},
        {more, u"version"_s, {}, u"Show the version and exit"_s, {}, false},
    };
    return table;
}

void addTo(QCommandLineParser &parser)
{
    for (const auto &option : options())
        parser.addOption(QCommandLineOption(option.name, option.description, option.value));
}

QString help()
{
    QString text;
    QTextStream out(&text);
    out << "Usage: hubbub-server [options]\n\n"
           "A Socket.IO chat server for a team or a LAN: chat, history, guest page and operator's view on "
           "one port.\n"
           "Prints \"listening on http://ADDRESS:PORT\" (https with TLS) when it is ready. SIGTERM and "
           "Ctrl+C "
           "stop it in\n"
           "good order, a second one at once; with TLS, SIGHUP reads the certificate again.\n";
    QString group;
    for (const auto &option : options()) {
        if (option.group != group)
            out << '\n' << (group = option.group) << ":\n";
        const auto name = u"--%1 %2"_s.arg(option.name, option.value).trimmed();
        out << "  " << name.leftJustified(31) << "  " << option.description;
        if (!option.defaultValue.isEmpty())
            out << " [" << option.defaultValue << ']';
        out << '\n';
    }
    out << "\nExamples:\n"
           "  hubbub-server --guests                                   try it on this machine\n"
           "  hubbub-server --host 0.0.0.0 --guests --data ~/hubbub    for the whole LAN, with a history "
           "that stays\n"
           "  hubbub-server --data ~/hubbub --issue-token u1 --name Noor    a token for Noor\n"
           "\nExit codes: 0 stopped in good order, 1 wrong options, 2 cannot listen, 3 cannot use the folder "
           "or a file.\n";
    return text;
}

} // namespace Hubbub::OptionTable
