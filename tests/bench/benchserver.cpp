// SPDX-License-Identifier: MIT
#include "server-lite/core/server.h"
#include "server-lite/core/serversocket.h"
#include "server-lite/net/eventloop.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QSslKey>

#include <cstdio>

using namespace Qt::StringLiterals;

/// bench-server PORT [--workers N] [--tls FILE]: with one worker, sockets and handlers share a thread, as in
/// hubbub-server; with a key and its certificate as PEM, it speaks TLS. In /, `echo` acks its arguments,
/// `bcast` emits `bcast` with them to everyone, `join` puts its socket in a room, `say` emits `say` with its
/// arguments to the room that is the first of them.
int main(int argc, char *argv[])
{
    Hubbub::useEpollOnThisThread();
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addPositionalArgument(u"port"_s, u"Port to listen on; 0 picks a free one."_s);
    const QCommandLineOption workers(u"workers"_s, u"Number of I/O threads."_s, u"N"_s, u"1"_s);
    const QCommandLineOption tls(u"tls"_s, u"PEM file of a key and its certificate."_s, u"FILE"_s);
    parser.addOptions({workers, tls});
    parser.process(app);
    bool portOk = false;
    bool workersOk = false;
    const uint port = parser.positionalArguments().value(0).toUInt(&portOk);
    const int count = parser.value(workers).toInt(&workersOk);
    if (!portOk || port > 65535 || !workersOk || count < 1) {
        std::fputs(qPrintable(parser.helpText()), stderr);
        return 2;
    }

    SocketIo::ServerOptions options;
    options.engine.workers = count;
    options.engine.ioPlace = count == 1 ? EngineIo::IoPlace::ServerThread : EngineIo::IoPlace::OwnThreads;
    if (parser.isSet(tls)) {
        QFile file(parser.value(tls));
        const QByteArray pem = file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setPrivateKey(QSslKey(pem, QSsl::Ec));
        configuration.setLocalCertificateChain(QSslCertificate::fromData(pem));
        options.engine.tls = configuration;
    }
    SocketIo::Server server(options);
    SocketIo::Namespace *nsp = server.of(u"/"_s);
    QObject::connect(nsp, &SocketIo::Namespace::connection, nsp, [nsp](SocketIo::ServerSocket *socket) {
        socket->on(u"echo"_s, socket, [](const SocketIo::Event &event) { event.ack(event.arguments); });
        socket->on(u"bcast"_s, socket,
                   [nsp](const SocketIo::Arguments &arguments) { nsp->emitEvent(u"bcast"_s, arguments); });
        socket->on(u"join"_s, socket, [socket](const QString &room, SocketIo::Ack ack) {
            socket->join(room);
            ack();
        });
        socket->on(u"say"_s, socket, [nsp](const SocketIo::Arguments &arguments) {
            nsp->to(arguments.at(0).toString()).emitEvent(u"say"_s, arguments);
        });
    });
    if (const auto listening = server.listen(QHostAddress::Any, quint16(port)); !listening) {
        std::fprintf(stderr, "%s\n", qPrintable(listening.error().message));
        return 1;
    }
    std::printf("listening on %s\n", qPrintable(server.url().toString()));
    std::fflush(stdout);
    return app.exec();
}
