// SPDX-License-Identifier: MIT
#include "server-lite/cli/commandline.h"

#include "server-lite/auth/jwtkey.h"
#include "server-lite/auth/passwordhash.h"
#include "server-lite/auth/secretfile.h"
#include "server-lite/cli/optiontable.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QFileInfo>
#include <QtCore/QHash>
#include <QtCore/QSettings>
#include <QtCore/QThread>

#include <algorithm>
#include <array>

namespace Hubbub
{

using namespace Qt::StringLiterals;

namespace
{

using Values = QHash<QString, QStringList>; ///< by option; a switch that is on has one empty value

tl::unexpected<Error> invalid(const QString &sentence)
{
    return failure(u"invalid-option"_s, sentence);
}

Result<void> readFile(const QString &path, Values &values)
{
    if (!QFileInfo(path).isReadable())
        return failure(u"invalid-config"_s, u"Cannot read the configuration file %1."_s.arg(path));
    const QSettings file(path, QSettings::IniFormat);
    if (file.status() != QSettings::NoError)
        return failure(u"invalid-config"_s,
                       u"The configuration file %1 is not written as name=value."_s.arg(path));
    for (const auto &key : file.allKeys()) {
        const auto &table = OptionTable::options();
        const auto option =
            std::find_if(table.begin(), table.end(), [&](const auto &o) { return o.name == key; });
        if (option == table.end() || !option->inFile)
            return failure(u"invalid-config"_s,
                           u"The configuration file %1 has an unknown option \"%2\"."_s.arg(path, key));
        auto entries = file.value(key).toStringList();
        if (option->value.isEmpty() && entries != QStringList{u"true"_s}
            && entries != QStringList{u"false"_s})
            return failure(u"invalid-config"_s,
                           u"In the configuration file %1, \"%2\" must be true or false."_s.arg(path, key));
        if (option->value.isEmpty() && entries.first() == "false"_L1)
            continue;
        // A text with commas in it, which QSettings takes for a list.
        if (key != "allow-origin"_L1 && key != "allow-host"_L1 && key != "trusted-proxy"_L1)
            entries = {entries.join(u", "_s)};
        values.insert(key, entries);
    }
    return {};
}

Result<qint64> number(const Values &values, const QString &name, qint64 fallback, qint64 min, qint64 max)
{
    if (!values.contains(name))
        return fallback;
    bool isNumber = false;
    const auto value = values[name].last().toLongLong(&isNumber);
    if (!isNumber || value < min || value > max)
        return invalid(u"--%1 must be a number from %2 to %3, not \"%4\"."_s.arg(name).arg(min).arg(max).arg(
            values[name].last()));
    return value;
}

Result<void> readNetwork(const Values &values, LiteServerConfig &config)
{
    if (values.contains(u"host"_s)) {
        const auto host = values[u"host"_s].last();
        config.host = host == "localhost"_L1 ? QHostAddress(QHostAddress::LocalHost) : QHostAddress(host);
        if (config.host.isNull())
            return invalid(
                u"--host must be an address such as 127.0.0.1, 0.0.0.0 or ::1, not \"%1\"."_s.arg(host));
    }
    const auto port = number(values, u"port"_s, 3000, 0, 65'535);
    const auto workers = number(values, u"workers"_s, std::clamp(QThread::idealThreadCount(), 1, 4), 1, 64);
    if (!port || !workers)
        return tl::unexpected<Error>(port ? workers.error() : port.error());
    config.port = quint16(*port);
    config.workers = int(*workers);
    config.ioPlace = *workers == 1 ? EngineIo::IoPlace::ServerThread : EngineIo::IoPlace::OwnThreads;
    config.allowedOrigins = values.value(u"allow-origin"_s);
    config.allowedHosts = values.value(u"allow-host"_s);
    config.tlsCertificateFile = values.value(u"tls-certificate"_s, {QString()}).last();
    config.tlsKeyFile = values.value(u"tls-key"_s, {QString()}).last();
    if (config.tlsCertificateFile.isEmpty() != config.tlsKeyFile.isEmpty())
        return invalid(u"TLS needs both --tls-certificate and --tls-key."_s);
    return {};
}

Result<void> readRates(const Values &values, LiteServerConfig &config)
{
    const auto connection = number(values, u"events-per-connection"_s, config.eventsPerConnection, 0, 1000);
    const auto user = number(values, u"events-per-user"_s, config.eventsPerUser, 0, 1000);
    const auto address = number(values, u"events-per-address"_s, config.eventsPerAddress, 0, 1000);
    const auto connects = number(values, u"connects-per-address"_s, config.connectsPerAddress, 0, 1000);
    for (const auto *read : {&connection, &user, &address, &connects}) {
        if (!*read)
            return tl::unexpected<Error>(read->error());
    }
    config.eventsPerConnection = int(*connection);
    config.eventsPerUser = int(*user);
    config.eventsPerAddress = int(*address);
    config.connectsPerAddress = int(*connects);
    return {};
}

Result<void> readLimits(const Values &values, LiteServerConfig &config)
{
    constexpr qint64 most = 1'000'000'000;
    const auto connections = number(values, u"max-connections"_s, config.maxConnections, 1, 1'000'000);
    const auto perAddress = number(values, u"max-connections-per-address"_s, 0, 0, 1'000'000);
    const auto header = number(values, u"max-header-bytes"_s, config.maxHeaderBytes, 1024, 65'000);
    const auto payload = number(values, u"max-payload-bytes"_s, config.maxPayloadBytes, 1024, most);
    const auto queued = number(values, u"max-queued-bytes"_s, config.maxQueuedBytes, 1024, most);
    const auto drain = number(values, u"drain-seconds"_s, 0, 0, 3600);
    for (const auto *read : {&connections, &perAddress, &header, &payload, &queued, &drain}) {
        if (!*read)
            return tl::unexpected<Error>(read->error());
    }
    config.maxConnections = int(*connections);
    config.maxConnectionsPerAddress = int(*perAddress);
    config.maxHeaderBytes = *header;
    config.maxPayloadBytes = *payload;
    config.maxQueuedBytes = *queued;
    config.drainTime = std::chrono::seconds(*drain);
    for (const auto &text : values.value(u"trusted-proxy"_s)) {
        const auto network = QHostAddress::parseSubnet(text);
        if (network.first.isNull())
            return invalid(
                u"--trusted-proxy must be an address or a network such as 10.0.0.0/8, not \"%1\"."_s.arg(
                    text));
        config.trustedProxies.append(network);
    }
    return {};
}

template <typename Choice, size_t N>
Result<Choice> choice(const Values &values, const QString &name, Choice fallback,
                      const std::array<std::pair<QLatin1StringView, Choice>, N> &choices)
{
    if (!values.contains(name))
        return fallback;
    QStringList words;
    for (const auto &[word, meaning] : choices) {
        if (values[name].last() == word)
            return meaning;
        words.append(word);
    }
    return invalid(
        u"--%1 must be one of %2, not \"%3\"."_s.arg(name, words.join(u", "_s), values[name].last()));
}

Result<void> readLog(const Values &values, CommandLine &line)
{
    using Format = LogOutput::Format;
    using Level = LogOutput::Level;
    static constexpr std::array formats{std::pair{"text"_L1, Format::Text},
                                        std::pair{"json"_L1, Format::Json}};
    static constexpr std::array levels{
        std::pair{"error"_L1, Level::Error}, std::pair{"warning"_L1, Level::Warning},
        std::pair{"notice"_L1, Level::Notice}, std::pair{"info"_L1, Level::Info},
        std::pair{"debug"_L1, Level::Debug}};
    const auto format = choice(values, u"log-format"_s, line.logFormat, formats);
    const auto level = choice(values, u"log-level"_s, line.logLevel, levels);
    if (!format || !level)
        return tl::unexpected<Error>(format ? level.error() : format.error());
    line.logFormat = *format;
    line.logLevel = *level;
    return {};
}

Result<void> readPublicKey(const Values &values, LiteServerConfig &config)
{
    if (!values.contains(u"jwt-public-key-file"_s))
        return {};
    for (const auto &other : {u"jwt-secret-file"_s, u"guests"_s, u"issue-token"_s}) {
        if (values.contains(other))
            return invalid(
                u"--jwt-public-key-file and --%1 exclude each other: a public key signs nothing."_s.arg(
                    other));
    }
    const auto path = values[u"jwt-public-key-file"_s].last();
    const auto pem = SecretFile::read(path);
    if (!pem)
        return failure(
            pem.error().code,
            u"Cannot read a public key from %1. Check that the file is there and may be read."_s.arg(path),
            pem.error().cause);
    if (const auto key = JwtKey::fromPublicPem(*pem); !key)
        return failure(key.error().code, u"%1: %2"_s.arg(path, key.error().message), key.error().cause);
    config.jwtPublicKey = *pem;
    return {};
}

Result<void> readSecrets(const Values &values, LiteServerConfig &config)
{
    if (auto read = readPublicKey(values, config); !read)
        return read;
    if (values.contains(u"jwt-secret-file"_s)) {
        const auto secret = SecretFile::read(values[u"jwt-secret-file"_s].last());
        if (!secret)
            return tl::unexpected<Error>(secret.error());
        config.jwtSecret = *secret;
    }
    const bool hasName = values.contains(u"admin-username"_s);
    if (hasName != values.contains(u"admin-password-file"_s))
        return invalid(u"Operators need both --admin-username and --admin-password-file."_s);
    if (!hasName)
        return {};
    config.adminUsername = values[u"admin-username"_s].last();
    const auto password = SecretFile::read(values[u"admin-password-file"_s].last());
    if (!password)
        return tl::unexpected<Error>(password.error());
    if (password->startsWith('$')) {
        config.adminPasswordHash = *password;
        return PasswordHash::check(*password);
    }
    return PasswordHash::make(*password).map(
        [&config](const QByteArray &hash) { config.adminPasswordHash = hash; });
}

} // namespace

Result<CommandLine> CommandLine::parse(const QStringList &arguments)
{
    QCommandLineParser parser;
    OptionTable::addTo(parser);
    if (!parser.parse(arguments))
        return invalid(u"%1 See --help."_s.arg(parser.errorText()));
    CommandLine line;
    if (parser.isSet(u"help"_s) || parser.isSet(u"version"_s)) {
        line.action = parser.isSet(u"help"_s) ? Action::ShowHelp : Action::ShowVersion;
        return line;
    }
    if (!parser.positionalArguments().isEmpty())
        return invalid(u"\"%1\" is not an option. See --help."_s.arg(parser.positionalArguments().first()));
    Values values;
    if (parser.isSet(u"config"_s)) {
        if (auto read = readFile(parser.value(u"config"_s), values); !read)
            return tl::unexpected<Error>(read.error());
    }
    for (const auto &option : OptionTable::options()) {
        if (parser.isSet(option.name))
            values.insert(option.name,
                          option.value.isEmpty() ? QStringList{QString()} : parser.values(option.name));
    }
    if (auto read = readNetwork(values, line.config); !read)
        return tl::unexpected<Error>(read.error());
    if (auto read = readLimits(values, line.config); !read)
        return tl::unexpected<Error>(read.error());
    if (auto read = readRates(values, line.config); !read)
        return tl::unexpected<Error>(read.error());
    if (auto read = readLog(values, line); !read)
        return tl::unexpected<Error>(read.error());
    if (auto read = readSecrets(values, line.config); !read)
        return tl::unexpected<Error>(read.error());
    line.config.dataDir = values.value(u"data"_s, {QString()}).last();
    line.config.title = values.value(u"title"_s, {line.config.title}).last();
    line.config.allowGuests = values.contains(u"guests"_s);
    line.config.requireExp = !values.contains(u"allow-eternal-tokens"_s);
    if (!values.contains(u"issue-token"_s))
        return line;
    if (line.config.dataDir.isEmpty() && line.config.jwtSecret.isEmpty())
        return invalid(
            u"--issue-token needs --data or --jwt-secret-file, so that a server knows the token's secret."_s);
    line.action = Action::IssueToken;
    line.tokenUser = values[u"issue-token"_s].last();
    line.tokenName = values.value(u"name"_s, {line.tokenUser}).last();
    if (line.tokenUser.isEmpty() || line.tokenUser.size() > 128 || line.tokenName.isEmpty()
        || line.tokenName.size() > 128)
        return invalid(u"A user's id and name have 1 to 128 characters."_s);
    return line;
}

} // namespace Hubbub
