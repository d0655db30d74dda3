// SPDX-License-Identifier: MIT
#include "server-lite/cli/commandline.h"
#include "server-lite/cli/optiontable.h"
#include "server-lite/cli/stopsignals.h"
#include "server-lite/cli/systemdnotifier.h"
#include "server-lite/gateway/liteserver.h"
#include "server-lite/gateway/serverkey.h"
#include "server-lite/net/eventloop.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>

#include <cstdio>

using namespace Hubbub;
using namespace Qt::StringLiterals;

namespace
{

enum ExitCode { Good = 0, WrongOptions = 1, CannotListen = 2, CannotUseFiles = 3 };

void print(const QString &line)
{
    std::fprintf(stdout, "%s\n", qUtf8Printable(line));
    std::fflush(stdout);
}

int complain(const Error &error, ExitCode code)
{
    std::fprintf(stderr, "hubbub-server: %s\n", qUtf8Printable(error.message));
    return code;
}

/// Says where and how to go on, which the layer that could not listen does not know.
Error listenError(const Error &error, const LiteServerConfig &config)
{
    const auto host = config.host.toString();
    if (error.code == "address-in-use"_L1)
        return {
            error.code,
            u"Port %1 on %2 is already in use. Choose another with --port, or stop the program that has it."_s
                .arg(config.port)
                .arg(host),
            error.cause};
    if (error.code == "address-not-available"_L1)
        return {
            error.code,
            u"This machine does not have the address %1. Choose another with --host; 0.0.0.0 is all."_s.arg(
                host),
            error.cause};
    if (error.code == "permission-denied"_L1)
        return {
            error.code,
            u"Port %1 may only be used by the system. Choose one from 1024 with --port."_s.arg(config.port),
            error.cause};
    return error;
}

int startFailure(const Error &error, const LiteServerConfig &config)
{
    static const QStringList listening{u"address-in-use"_s, u"address-not-available"_s,
                                       u"permission-denied"_s, u"listen-failed"_s};
    static const QStringList options{u"weak-secret"_s, u"public-key-as-secret"_s, u"invalid-key"_s,
                                     u"invalid-hash"_s, u"sample-hash"_s};
    if (listening.contains(error.code))
        return complain(listenError(error, config), CannotListen);
    return complain(error, options.contains(error.code) ? WrongOptions : CannotUseFiles);
}

int issueToken(const CommandLine &line)
{
    if (!line.config.dataDir.isEmpty() && !QDir().mkpath(line.config.dataDir))
        return complain({{}, u"The folder %1 cannot be made."_s.arg(line.config.dataDir), {}},
                        CannotUseFiles);
    const auto key = ServerKey::load(line.config);
    if (!key)
        return startFailure(key.error(), line.config);
    constexpr std::chrono::hours month(24 * 30);
    print(QString::fromLatin1(ServerKey::issueToken(*key, line.tokenUser, line.tokenName, month)));
    return Good;
}

int serve(const LiteServerConfig &config)
{
    StopSignals signals;
    SystemdNotifier systemd;
    LiteServer server(config);
    const bool isSecure = !config.tlsCertificateFile.isEmpty();
    QObject::connect(&signals, &StopSignals::stopRequested, &server, [&] {
        constexpr std::chrono::seconds farewell(40); // at most, to whoever does not read it
        systemd.stopping(u"Saying goodbye to %1 people"_s.arg(server.peopleCount()),
                         std::chrono::ceil<std::chrono::seconds>(config.drainTime) + farewell);
        server.stop();
    });
    QObject::connect(&signals, &StopSignals::reloadRequested, &server, &LiteServer::reloadTls);
    QObject::connect(&server, &LiteServer::stopped, qApp, &QCoreApplication::quit);
    if (isSecure || systemd.isWanted())
        signals.watchReload();
    if (const auto started = server.start(); !started)
        return startFailure(started.error(), config);
    const auto isV6 = config.host.protocol() == QAbstractSocket::IPv6Protocol;
    const auto host = isV6 ? u'[' + config.host.toString() + u']' : config.host.toString();
    const auto listening =
        u"listening on %1://%2:%3"_s.arg(isSecure ? u"https"_s : u"http"_s, host).arg(server.port());
    print(listening);
    systemd.ready(listening);
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    Hubbub::useEpollOnThisThread();
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"hubbub-server"_s);
    const auto line = CommandLine::parse(QCoreApplication::arguments());
    if (!line)
        return complain(line.error(),
                        line.error().code.startsWith("secret-"_L1) ? CannotUseFiles : WrongOptions);
    switch (line->action) {
    case CommandLine::Action::ShowHelp:
        std::fputs(qUtf8Printable(OptionTable::help()), stdout);
        return Good;
    case CommandLine::Action::ShowVersion:
        print(u"hubbub-server %1"_s.arg(QLatin1StringView(HUBBUB_VERSION)));
        return Good;
    case CommandLine::Action::IssueToken:
        return issueToken(*line);
    case CommandLine::Action::Serve:
        LogOutput::install(line->logFormat, line->logLevel);
        return serve(line->config);
    }
    Q_UNREACHABLE();
}
