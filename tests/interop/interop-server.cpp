// SPDX-License-Identifier: MIT
#include "server-lite/cli/stopsignals.h"
#include "server-lite/core/server.h"
#include "server-lite/core/serversocket.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QFutureWatcher>
#include <QtCore/QRegularExpression>
#include <QtCore/QTimer>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using SocketIo::Ack;
using SocketIo::Arguments;
using SocketIo::Event;
using SocketIo::ServerSocket;

namespace
{

void addEchoes(ServerSocket *socket)
{
    socket->on(u"echo"_s, socket, [](const Event &event) { event.ack(event.arguments); });
    socket->on(u"send-back"_s, socket,
               [socket](const Arguments &arguments) { socket->emitEvent(u"sent-back"_s, arguments); });
    socket->on(u"typed"_s, socket, [](qint64 number, Ack ack) { ack({number + 1}); });
}

void addRooms(ServerSocket *socket)
{
    socket->on(u"join"_s, socket, [socket](const QString &room, Ack ack) {
        socket->join(room);
        ack({QCborArray::fromStringList(socket->rooms().values())});
    });
    socket->on(u"leave"_s, socket, [socket](const QString &room, Ack ack) {
        socket->leave(room);
        ack();
    });
    socket->on(u"say"_s, socket, [socket](const QString &room, const QCborValue &what) {
        socket->to(room).emitEvent(u"said"_s, what);
    });
    socket->on(u"say-all"_s, socket,
               [socket](const QCborValue &what) { socket->nsp()->emitEvent(u"said"_s, what); });
    socket->on(u"say-except"_s, socket, [socket](const QString &room, const QCborValue &what) {
        socket->nsp()->except(room).emitEvent(u"said"_s, what);
    });
}

void addQuestions(ServerSocket *socket)
{
    socket->on(u"ask-me"_s, socket, [socket](const QCborValue &what) {
        socket->emitWithAck(u"question"_s, {what}, 500ms)
            .then(socket, [socket](const Hubbub::Result<Arguments> &reply) {
                if (reply)
                    socket->emitEvent(u"answered"_s, true, reply->toArray());
                else
                    socket->emitEvent(u"answered"_s, false, reply.error().code);
            });
    });
    socket->on(u"ask-all"_s, socket, [socket](const QCborValue &what) {
        socket->nsp()
            ->all()
            .emitWithAck(u"question"_s, {what}, 500ms)
            .then(socket, [socket](const SocketIo::BroadcastReplies &replies) {
                QCborArray first;
                for (const Arguments &arguments : replies.replies)
                    first.append(arguments.at(0));
                socket->emitEvent(u"all-answered"_s, replies.expected, first);
            });
    });
}

void addIdentity(ServerSocket *socket)
{
    socket->on(u"set-data"_s, socket, [socket](const QCborMap &data, Ack ack) {
        socket->setData(data);
        ack();
    });
    socket->on(u"who-am-i"_s, socket, [socket](Ack ack) {
        QStringList rooms = socket->rooms().values();
        rooms.sort();
        ack({QCborMap{{u"id"_s, socket->id()},
                      {u"rooms"_s, QCborArray::fromStringList(rooms)},
                      {u"data"_s, socket->data()},
                      {u"recovered"_s, socket->recovered()}}});
    });
    socket->on(u"whisper"_s, socket, [socket](const QString &room, const QString &what, Ack ack) {
        socket->to(room).asVolatile().emitEvent(u"whispered"_s, what);
        ack();
    });
}

void addLifecycle(ServerSocket *socket)
{
    socket->on(u"kick-me"_s, socket, [socket](bool close) { socket->disconnectSocket(close); });
    socket->on(u"flood"_s, socket, [socket](qint64 count) {
        for (qint64 i = 0; i < count; ++i)
            socket->emitVolatile(u"drop"_s, {i});
        socket->emitEvent(u"flooded"_s, count);
    });
    socket->on(u"transport"_s, socket, [socket](Ack ack) { ack({EngineIo::toString(socket->transport())}); });
    QObject::connect(socket, &ServerSocket::disconnecting, socket, [socket](const QString &reason) {
        socket->broadcast().emitEvent(u"left"_s, socket->id(), reason);
    });
}

void serve(SocketIo::Namespace *nsp)
{
    QObject::connect(nsp, &SocketIo::Namespace::connection, nsp, [](ServerSocket *socket) {
        addEchoes(socket);
        addRooms(socket);
        addQuestions(socket);
        addIdentity(socket);
        addLifecycle(socket);
        socket->emitEvent(u"welcome"_s, socket->nsp()->name(), socket->handshake().auth);
    });
}

} // namespace

/// interop-server [--msgpack] [--recovery] [PORT]: what the scripts beside this file expect of a server, on
/// loopback. In / and /custom: echo, send-back, typed, join, leave, say, say-all, say-except, ask-me,
/// ask-all, kick-me, flood, set-data, who-am-i, whisper, transport; so in /room-1 and its like, made when
/// asked for. /guarded lets in who says auth.token "sesame".
int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QCommandLineParser line;
    line.addOptions({{u"msgpack"_s, u"Speak MessagePack."_s}, {u"recovery"_s, u"Recover connections."_s}});
    line.process(app);
    SocketIo::ServerOptions options;
    if (line.isSet(u"msgpack"_s))
        options.parser = SocketIo::msgpackParser();
    if (line.isSet(u"recovery"_s))
        options.connectionStateRecovery.emplace();
    // Pings often, for the story of the heartbeat; with the usual time for the answer, since a busy machine
    // may keep a client from its turn for long.
    options.engine.pingInterval = 300ms;
    SocketIo::Server server(options);
    for (const QString &name : {u"/"_s, u"/custom"_s, u"/guarded"_s})
        serve(server.of(name));
    serve(server.of(QRegularExpression(u"^/room-\\d+$"_s)));
    server.of(u"/guarded"_s)->use([](ServerSocket &socket, SocketIo::Next next) {
        const bool knows = socket.handshake().auth[u"token"_s].toString() == u"sesame"_s;
        QTimer::singleShot(0, &socket, [knows, next] {
            next(knows ? std::nullopt
                       : std::optional(SocketIo::Refusal{u"Invalid token"_s, QCborMap{{u"code"_s, 7}}}));
        });
    });
    if (const auto listening =
            server.listen(QHostAddress::LocalHost, line.positionalArguments().value(0).toUShort());
        !listening) {
        std::fprintf(stderr, "%s\n", qPrintable(listening.error().message));
        return 1;
    }
    const Hubbub::StopSignals stopSignals;
    QObject::connect(&stopSignals, &Hubbub::StopSignals::stopRequested, &app, &QCoreApplication::quit);
    std::printf("listening on %s\n", qPrintable(server.url().toString()));
    std::fflush(stdout);
    return app.exec();
}
