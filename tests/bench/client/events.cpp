// SPDX-License-Identifier: MIT
#include "libclient/client/manager.h"
#include "libclient/client/socket.h"
#include "tests/bench/client/scenarios.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QElapsedTimer>

#include <cstdio>

using namespace Qt::StringLiterals;

/// What the chat's "new-message" carries.
struct Message {
    Q_GADGET
    Q_PROPERTY(QString id MEMBER id)
    Q_PROPERTY(QString roomId MEMBER roomId)
    Q_PROPERTY(QString userId MEMBER userId)
    Q_PROPERTY(QString username MEMBER username)
    Q_PROPERTY(QString content MEMBER content)
    Q_PROPERTY(QString timestamp MEMBER timestamp)
public:
    QString id;
    QString roomId;
    QString userId;
    QString username;
    QString content;
    QString timestamp;
};

int receiveEvents(const QUrl &url)
{
    SocketIo::ManagerOptions options;
    options.reconnection = false;
    SocketIo::Manager manager(url, options);
    SocketIo::Socket *socket = manager.socket();

    qint64 events = 0;
    qint64 characters = 0;
    double processorStart = 0;
    QElapsedTimer clock;
    QObject first;
    const auto counted = [&](qsizetype size) {
        ++events;
        characters += size;
    };
    socket->on(u"new-message"_s, &first, [&](const QCborValue &value) {
        processorStart = processorTime();
        clock.start();
        ++events;
        socket->off(u"new-message"_s, &first);
        if (SocketIo::fromValue<Message>(value)) {
            socket->on(u"new-message"_s, socket,
                       [counted](const Message &message) { counted(message.content.size()); });
        } else {
            std::fputs("these are no messages of the chat: taken as values\n", stderr);
            socket->on(u"new-message"_s, socket,
                       [counted](const QCborValue &other) { counted(other.toString().size()); });
        }
    });
    socket->on(u"done"_s, socket, [&](const SocketIo::Event &) {
        const double seconds = double(clock.nsecsElapsed()) / 1e9;
        const double microseconds = processorTime() - processorStart;
        const double count = double(qMax<qint64>(events, 1));
        std::printf("%lld events %.0f/s cpu/event %.2fus\n", static_cast<long long>(events), count / seconds,
                    microseconds / count);
        std::fflush(stdout);
        QCoreApplication::exit(events > 0 ? 0 : 1);
    });
    QObject::connect(socket, &SocketIo::Socket::argumentMismatch, socket, [](const Hubbub::Error &error) {
        std::fprintf(stderr, "%s\n", qPrintable(error.message));
        QCoreApplication::exit(1);
    });
    QObject::connect(socket, &SocketIo::Socket::connected, socket, [socket] {
        if (!socket->emitEvent(u"start"_s))
            QCoreApplication::exit(1);
    });
    QObject::connect(
        socket, &SocketIo::Socket::stateChanged, socket, [socket](SocketIo::ConnectionState state) {
            if (state != SocketIo::ConnectionState::Closed && state != SocketIo::ConnectionState::Refused)
                return;
            std::fprintf(stderr, "%s\n", qPrintable(socket->lastError().message));
            QCoreApplication::exit(1);
        });
    return QCoreApplication::exec();
}

#include "events.moc"
