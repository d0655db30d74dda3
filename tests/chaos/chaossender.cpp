// SPDX-License-Identifier: MIT
// A program to be killed: chaos-sender URL TOKEN OUTBOX-FILE FIRST. Keeps numbered messages in an outbox,
// from FIRST on, one after the other, and sends them to the room "lobby". Prints what it does, a line at a
// time: "try N" before it asks the outbox to keep N, "kept N" when it is on disk, "acked N" when the server
// has it. With "drain" for FIRST it adds nothing, and prints "empty" and ends when everything is sent.
#include "libclient/outbox/outboxcourier.h"
#include "tests/chaos/chatmember.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QTimer>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Hubbub::Outbox;
using Hubbub::OutboxEntry;

namespace
{

void say(const char *what, const QString &number)
{
    std::printf("%s %s\n", what, qPrintable(number));
    std::fflush(stdout);
}

QString numberOf(const OutboxEntry &entry)
{
    return entry.payload.value(u"message"_s).toString();
}

SocketIo::ManagerOptions quick()
{
    SocketIo::ManagerOptions options;
    options.reconnectionDelay = 5ms;
    options.reconnectionDelayMax = 50ms;
    options.timeout = 2s;
    options.watchReachability = false;
    return options;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.size() != 5)
        return 2;
    const bool drains = arguments[4] == u"drain"_s;
    int next = arguments[4].toInt();

    Outbox outbox(arguments[3], {.retryDelay = 20ms, .retryDelayMax = 200ms, .maxTries = 1'000});
    if (const auto opened = outbox.open(); !opened) {
        std::fprintf(stderr, "%s: %s\n", qPrintable(opened.error().code), qPrintable(opened.error().cause));
        say("failed", {});
        return 1;
    }
    QHash<QString, QString> numbers; // by id
    const QList<OutboxEntry> left = outbox.entries();
    for (const OutboxEntry &entry : left)
        numbers.insert(entry.id, numberOf(entry));

    SocketIo::Manager manager(QUrl(arguments[1]), quick());
    HubbubTest::ChatMember member(&manager, arguments[2], u"lobby"_s);
    Hubbub::OutboxCourier courier(&outbox, member.socket(), {.ackTimeout = 2s, .waitsForReady = true});
    QObject::connect(&member, &HubbubTest::ChatMember::joined, &courier, [&] { courier.setReady(true); });
    QObject::connect(&courier, &Hubbub::OutboxCourier::delivered, &courier,
                     [&](const QString &id) { say("acked", numbers.value(id)); });

    const auto add = [&] {
        const QString number = QString::number(next++);
        say("try", number);
        outbox.enqueue(u"lobby"_s, u"send-message"_s, {{u"roomId"_s, u"lobby"_s}, {u"message"_s, number}});
    };
    QObject::connect(&outbox, &Outbox::added, &courier, [&](const OutboxEntry &entry) {
        numbers.insert(entry.id, numberOf(entry));
        say("kept", numberOf(entry));
        add();
    });
    QObject::connect(&outbox, &Outbox::changed, &courier, [](const OutboxEntry &entry) {
        if (entry.state == Hubbub::OutboxState::Failed)
            say("dead", numberOf(entry));
    });
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &look, [&] {
        if (outbox.count() == 0) {
            say("empty", {});
            QCoreApplication::quit();
        }
    });
    if (drains)
        look.start(20ms);
    else
        QTimer::singleShot(0, &courier, add);
    return QCoreApplication::exec();
}
