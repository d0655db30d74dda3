// SPDX-License-Identifier: MIT
#include "server-lite/cli/commandline.h"

#include "server-lite/auth/passwordhash.h"
#include "server-lite/auth/secretfile.h"
#include "server-lite/cli/optiontable.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QFileInfo>
#include <QtCore/QHash>
#include <QtCore/QSettings>
#include <QtCore/QThread>

#include <algorithm>

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
        if (key != "allow-origin"_L1 && key != "allow-host"_L1)
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
    return {};
}

Result<void> readSecrets(const Values &values, LiteServerConfig &config)
{
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
