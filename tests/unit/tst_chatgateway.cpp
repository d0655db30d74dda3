// SPDX-License-Identifier: MIT
#include "tests/unit/chattest.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Hubbub;
using namespace Qt::StringLiterals;

namespace
{

QStringList contents(const QJsonValue &messages)
{
    QStringList list;
    for (const auto message : messages.toArray())
        list += message["content"_L1].toString();
    return list;
}

} // namespace

class TestChatGateway
    : public QObject
    , private ChatTest
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        open();
    }
    void cleanup() { close(); }

    void who_has_a_token_is_told_who_they_are()
    {
        GatewayPeer noor(server->port(), "/chat");
        QSignalSpy joined(gateway.get(), &ChatGateway::personJoined);
        QVERIFY(noor.join({{u"token"_s, token(u"u1"_s, u"Noor"_s)}}));
        const auto welcome = noor.payload(u"authenticated"_s);
        QCOMPARE(welcome["userId"_L1].toString(), u"u1"_s);
        QCOMPARE(welcome["username"_L1].toString(), u"Noor"_s);
        QCOMPARE(welcome["features"_L1].toArray(),
                 (QJsonArray{u"client-message-id"_s, u"rooms"_s, u"presence"_s, u"history-paging"_s,
                             u"guest-mark"_s, u"token-refresh"_s}));
        const auto *socket = server->find(u"/chat"_s)->socket(noor.id());
        QVERIFY(socket);
        QVERIFY(socket->rooms().contains(u"user:u1"_s));
        QCOMPARE(socket->data()["username"_L1].toString(), u"Noor"_s);
        QCOMPARE(joined.count(), 1);
        QCOMPARE(joined.first().at(0).value<ChatUser>().username, u"Noor"_s);
        QCOMPARE(gateway->peopleCount(), 1);
    }

    void who_stays_longer_than_the_token_shows_another()
    {
        GatewayPeer noor(server->port(), "/chat");
        GatewayPeer lena(server->port(), "/chat");
        QSignalSpy left(gateway.get(), &ChatGateway::personLeft);
        // The leeway is over in four seconds, the notice has begun.
        QVERIFY(noor.join({{u"token"_s, token(u"u1"_s, u"Noor"_s, -26)}}));
        QVERIFY(lena.join({{u"token"_s, token(u"u2"_s, u"Lena"_s, -26)}}));
        QVERIFY(!noor.payload(u"token-expiring"_s)["expiresAt"_L1].toString().isEmpty());
        QCOMPARE(codeOf(noor.call(u"refresh-token"_s, QJsonObject{{u"token"_s, token(u"u2"_s, u"Noor"_s)}})),
                 u"other-subject"_s);
        QCOMPARE(codeOf(noor.call(u"refresh-token"_s, QJsonObject{{u"token"_s, token(u"u1"_s, u"Noor"_s)}})),
                 u"success"_s);
        QVERIFY(!lena.payload(u"token-expired"_s).isEmpty());
        QVERIFY(lena.isPutOut());
        QCOMPARE(codeOf(noor.call(u"join-room"_s, lobby)), u"success"_s);
        QCOMPARE(left.count(), 1);
        QCOMPARE(left.first().at(0).value<ChatUser>().id, u"u2"_s);
    }

    void who_has_none_is_put_out_data()
    {
        QTest::addColumn<QJsonObject>("auth");
        QTest::addColumn<QString>("words");
        const auto required = u"Authentication required"_s;
        const auto invalid = u"Invalid token"_s;
        QTest::newRow("nothing") << QJsonObject() << required;
        QTest::newRow("empty") << QJsonObject{{u"token"_s, u""_s}} << required;
        QTest::newRow("null") << QJsonObject{{u"token"_s, QJsonValue()}} << required;
        QTest::newRow("a number") << QJsonObject{{u"token"_s, 7}} << required;
        QTest::newRow("an object") << QJsonObject{{u"token"_s, QJsonObject()}} << required;
        QTest::newRow("nonsense") << QJsonObject{{u"token"_s, u"nonsense"_s}} << invalid;
        QTest::newRow("long nonsense") << QJsonObject{{u"token"_s, QString(100'000, u'x')}} << invalid;
        QTest::newRow("expired") << QJsonObject{{u"token"_s, token(u"u1"_s, u"Noor"_s, -60)}} << invalid;
        QTest::newRow("other server's")
            << QJsonObject{{u"token"_s,
                            QString::fromLatin1(Jwt::sign(
                                {u"u1"_s, u"Noor"_s, false, {}, {}, QDateTime::currentDateTimeUtc()},
                                JwtKey::randomHs256()))}}
            << invalid;
    }

    void who_has_none_is_put_out()
    {
        QFETCH(QJsonObject, auth);
        QFETCH(QString, words);
        GatewayPeer stranger(server->port(), "/chat");
        QVERIFY(stranger.join(auth));
        QCOMPARE(stranger.payload(u"error"_s), (QJsonObject{{u"message"_s, words}}));
        stranger.emitEvent(u"join-room"_s, lobby); // may be on its way already
        QVERIFY(stranger.isPutOut());
        QCOMPARE(gateway->peopleCount(), 0);
        QCOMPARE(gateway->counters().authenticationsRefused, 1U);
        QVERIFY(server->find(u"/chat"_s)->sockets().isEmpty());
    }

    void a_room_hears_of_comings_words_and_goings()
    {
        const auto noor = person(u"u1"_s, u"Noor"_s);
        const auto elif = person(u"u2"_s, u"Elif"_s, false);
        QVERIFY(noor && elif);
        QCOMPARE(elif->call(u"join-room"_s, lobby),
                 (QJsonObject{{u"success"_s, true}, {u"roomId"_s, u"lobby"_s}}));
        QCOMPARE(
            elif->payload(u"room-history"_s),
            (QJsonObject{{u"roomId"_s, u"lobby"_s}, {u"messages"_s, QJsonArray()}, {u"hasMore"_s, false}}));
        QCOMPARE(
            noor->payload(u"user-joined"_s),
            (QJsonObject{{u"userId"_s, u"u2"_s}, {u"username"_s, u"Elif"_s}, {u"roomId"_s, u"lobby"_s}}));

        const auto answer = noor->call(u"send-message"_s, message(u"<b>Hi</b> & 😀"_s));
        QCOMPARE(codeOf(answer), u"success"_s);
        QCOMPARE(answer.keys(), (QStringList{u"messageId"_s, u"success"_s}));
        const auto heard = elif->payload(u"new-message"_s);
        QCOMPARE(heard.keys(), (QStringList{u"content"_s, u"id"_s, u"roomId"_s, u"timestamp"_s, u"userId"_s,
                                            u"username"_s}));
        QCOMPARE(heard["id"_L1], answer["messageId"_L1]);
        QCOMPARE(heard["content"_L1].toString(), u"<b>Hi</b> & 😀"_s);
        QCOMPARE(heard["username"_L1].toString(), u"Noor"_s);
        QVERIFY(QDateTime::fromString(heard["timestamp"_L1].toString(), Qt::ISODateWithMs).isValid());
        QCOMPARE(noor->payload(u"new-message"_s), heard); // the sender hears it too

        QCOMPARE(elif->call(u"leave-room"_s, lobby), (QJsonObject{{u"success"_s, true}}));
        QCOMPARE(noor->payload(u"user-left"_s)["userId"_L1].toString(), u"u2"_s);
        QCOMPARE(codeOf(noor->call(u"send-message"_s, message(u"alone"_s))), u"success"_s);
        QCOMPARE(elif->unread(), QStringList());
    }

    void a_newcomer_gets_the_newest_fifty_oldest_first()
    {
        const auto noor = person(u"u1"_s, u"Noor"_s);
        QStringList said;
        for (int i = 0; i < 55; ++i) {
            said += u"message %1"_s.arg(i);
            QCOMPARE(codeOf(noor->call(u"send-message"_s, message(said.last(), u"c%1"_s.arg(i)))),
                     u"success"_s);
        }
        const auto elif = person(u"u2"_s, u"Elif"_s, false);
        QCOMPARE(codeOf(elif->call(u"join-room"_s, lobby)), u"success"_s);
        const auto page = elif->payload(u"room-history"_s);
        QCOMPARE(contents(page["messages"_L1]), said.mid(5));
        QCOMPARE(page["messages"_L1].toArray().first()["clientMessageId"_L1].toString(), u"c5"_s);
        QVERIFY(page["hasMore"_L1].toBool());
        const auto before = page["messages"_L1].toArray().first()["id"_L1];
        const auto older =
            elif->call(u"load-history"_s, QJsonObject{{u"roomId"_s, u"lobby"_s}, {u"before"_s, before}});
        QCOMPARE(contents(older["messages"_L1]), said.first(5));
        QCOMPARE(older["hasMore"_L1], QJsonValue(false));
        const auto two = elif->call(
            u"load-history"_s, QJsonObject{{u"roomId"_s, u"lobby"_s}, {u"before"_s, u""_s}, {u"limit"_s, 2}});
        QCOMPARE(contents(two["messages"_L1]), said.last(2));
        QVERIFY(two["hasMore"_L1].toBool());
    }

    void rooms_do_not_hear_each_other()
    {
        const auto noor = person(u"u1"_s, u"Noor"_s);
        const auto elif = person(u"u2"_s, u"Elif"_s, false);
        const auto garden = QJsonObject{{u"roomId"_s, u"garden"_s}};
        QCOMPARE(codeOf(elif->call(u"join-room"_s, garden)), u"success"_s);
        QVERIFY(elif->next(u"room-history"_s));
        QCOMPARE(codeOf(noor->call(u"send-message"_s, message(u"in the lobby"_s))), u"success"_s);
        QCOMPARE(codeOf(elif->call(u"send-message"_s, message(u"in the garden"_s, {}, u"garden"_s))),
                 u"success"_s);
        QCOMPARE(elif->payload(u"new-message"_s)["content"_L1].toString(), u"in the garden"_s);
        QCOMPARE(elif->unread(), QStringList());
        QCOMPARE(noor->payload(u"new-message"_s)["content"_L1].toString(), u"in the lobby"_s);
        QCOMPARE(noor->unread(), QStringList());
    }

    /// Words said while somebody joins come once: in the history or as an event.
    void nothing_is_missed_or_doubled_while_joining()
    {
        const auto noor = person(u"u1"_s, u"Noor"_s);
        const auto elif = person(u"u2"_s, u"Elif"_s, false);
        for (int i = 0; i < 20; ++i)
            noor->emitEvent(u"send-message"_s, message(QString::number(i)));
        elif->emitEvent(u"join-room"_s, lobby);
        for (int i = 20; i < 40; ++i)
            noor->emitEvent(u"send-message"_s, message(QString::number(i)));
        auto heard = contents(elif->payload(u"room-history"_s)["messages"_L1]);
        while (heard.size() < 40) {
            const auto event = elif->payload(u"new-message"_s);
            QVERIFY(!event.isEmpty());
            heard += event["content"_L1].toString();
        }
        QStringList said;
        for (int i = 0; i < 40; ++i)
            said += QString::number(i);
        QCOMPARE(heard, said);
        QCOMPARE(elif->unread(), QStringList());
    }

    void a_message_may_follow_its_join_at_once()
    {
        const auto noor = person(u"u1"_s, u"Noor"_s, false);
        noor->emitEvent(u"join-room"_s, lobby);
        QCOMPARE(codeOf(noor->call(u"send-message"_s, message(u"quick"_s))), u"success"_s);
        QVERIFY(noor->payload(u"room-history"_s)["messages"_L1].toArray().isEmpty());
        QCOMPARE(noor->payload(u"new-message"_s)["content"_L1].toString(), u"quick"_s);
    }

    void a_message_sent_twice_is_said_once()
    {
        const auto noor = person(u"u1"_s, u"Noor"_s);
        const auto elif = person(u"u2"_s, u"Elif"_s);
        const auto first = noor->call(u"send-message"_s, message(u"once"_s, u"c1"_s));
        const auto again = noor->call(u"send-message"_s, message(u"once"_s, u"c1"_s));
        QCOMPARE(again, first);
        QCOMPARE(elif->payload(u"new-message"_s)["clientMessageId"_L1].toString(), u"c1"_s);
        QCOMPARE(elif->unread(), QStringList());
        QCOMPARE(gateway->counters().messagesStored, 1U);
        QCOMPARE(gateway->counters().messagesRepeated, 1U);
        QCOMPARE(codeOf(noor->call(u"send-message"_s, message(u"else"_s, u"c1"_s))),
                 u"client-message-id-taken"_s);
        QCOMPARE(codeOf(elif->call(u"send-message"_s, message(u"mine"_s, u"c1"_s))), u"success"_s);
    }

    void a_message_outlives_its_sender()
    {
        const auto elif = person(u"u2"_s, u"Elif"_s);
        auto noor = person(u"u1"_s, u"Noor"_s);
        noor->emitEvent(u"send-message"_s, message(u"last words"_s));
        noor->close();
        QCOMPARE(elif->payload(u"new-message"_s)["content"_L1].toString(), u"last words"_s);
    }

    void typing_is_shown_and_taken_back_data()
    {
        QTest::addColumn<QString>("end");
        QTest::newRow("by stopping") << u"stop-typing"_s;
        QTest::newRow("by sending") << u"send-message"_s;
        QTest::newRow("by leaving") << u"leave-room"_s;
        QTest::newRow("by disconnecting") << QString();
    }

    void typing_is_shown_and_taken_back()
    {
        QFETCH(QString, end);
        auto noor = person(u"u1"_s, u"Noor"_s);
        const auto elif = person(u"u2"_s, u"Elif"_s);
        QVERIFY(noor->next(u"user-joined"_s));
        const QJsonObject mark{{u"userId"_s, u"u1"_s}, {u"username"_s, u"Noor"_s}, {u"roomId"_s, u"lobby"_s}};
        QCOMPARE(noor->call(u"start-typing"_s, lobby), (QJsonObject{{u"success"_s, true}}));
        noor->emitEvent(u"start-typing"_s, lobby); // still typing is said again: marks fade
        QCOMPARE(elif->payload(u"user-typing"_s), mark);
        QCOMPARE(elif->payload(u"user-typing"_s), mark);
        if (end.isEmpty())
            noor->leave();
        else
            QCOMPARE(codeOf(noor->call(end, end == u"send-message"_s ? message(u"x"_s) : lobby)),
                     u"success"_s);
        QCOMPARE(elif->payload(u"user-stop-typing"_s), mark);
        if (!end.isEmpty())
            QVERIFY(!noor->unread().contains(u"user-stop-typing"_s)); // others only
    }

    void stopping_what_never_started_is_no_news()
    {
        const auto noor = person(u"u1"_s, u"Noor"_s);
        const auto elif = person(u"u2"_s, u"Elif"_s);
        QCOMPARE(codeOf(noor->call(u"stop-typing"_s, lobby)), u"success"_s);
        QCOMPARE(codeOf(noor->call(u"send-message"_s, message(u"x"_s))), u"success"_s);
        QCOMPARE(elif->unread(), QStringList{u"new-message"_s});
    }

    void two_sockets_are_one_person()
    {
        const auto elif = person(u"u2"_s, u"Elif"_s);
        QSignalSpy joined(gateway.get(), &ChatGateway::personJoined);
        QSignalSpy left(gateway.get(), &ChatGateway::personLeft);
        auto phone = person(u"u1"_s, u"Noor"_s);
        auto desktop = person(u"u1"_s, u"Noor"_s);
        QCOMPARE(gateway->peopleCount(), 2);
        QCOMPARE(joined.count(), 1);
        QCOMPARE(elif->unread(), QStringList{u"user-joined"_s});
        QCOMPARE(elif->call(u"room-members"_s, lobby)["members"_L1].toArray().size(), 2);
        QCOMPARE(codeOf(phone->call(u"leave-room"_s, lobby)), u"success"_s);
        QCOMPARE(elif->unread(), QStringList()); // the desktop is still there
        phone->leave();
        desktop->leave();
        QCOMPARE(
            elif->payload(u"presence"_s),
            (QJsonObject{{u"userId"_s, u"u1"_s}, {u"username"_s, u"Noor"_s}, {u"presence"_s, u"offline"_s}}));
        QCOMPARE(elif->unread(), QStringList());
        QCOMPARE(left.count(), 1);
        QCOMPARE(gateway->peopleCount(), 1);
    }

    void who_comes_back_was_only_away()
    {
        const auto elif = person(u"u2"_s, u"Elif"_s);
        auto noor = person(u"u1"_s, u"Noor"_s);
        noor->leave();
        QVERIFY(elif->next(u"presence"_s));
        const auto members = elif->call(u"room-members"_s, lobby)["members"_L1].toArray();
        QCOMPARE(
            members,
            (QJsonArray{
                QJsonObject{{u"userId"_s, u"u2"_s}, {u"username"_s, u"Elif"_s}, {u"presence"_s, u"online"_s}},
                QJsonObject{
                    {u"userId"_s, u"u1"_s}, {u"username"_s, u"Noor"_s}, {u"presence"_s, u"offline"_s}}}));
        std::ignore = elif->unread();
        noor = person(u"u1"_s, u"Noor"_s, false);
        QCOMPARE(elif->payload(u"presence"_s)["presence"_L1].toString(), u"online"_s);
        QCOMPARE(codeOf(noor->call(u"join-room"_s, lobby)), u"success"_s);
        QCOMPARE(elif->unread(), QStringList{u"user-joined"_s});
        QCOMPARE(elif->call(u"room-members"_s, lobby)["members"_L1].toArray().size(), 2);
    }

    void the_list_of_rooms_tells_of_changes()
    {
        const auto noor = person(u"u1"_s, u"Noor"_s, false);
        const auto list = noor->call(u"list-rooms"_s, QJsonObject());
        QCOMPARE(list["rooms"_L1].toArray(), (QJsonArray{QJsonObject{{u"roomId"_s, u"lobby"_s},
                                                                     {u"title"_s, u"Lena's room"_s},
                                                                     {u"members"_s, 0},
                                                                     {u"online"_s, 0}}}));
        const auto elif = person(u"u2"_s, u"Elif"_s, false);
        QCOMPARE(codeOf(elif->call(u"join-room"_s, QJsonObject{{u"roomId"_s, u"garden"_s}})), u"success"_s);
        QCOMPARE(
            noor->payload(u"room-updated"_s),
            (QJsonObject{
                {u"roomId"_s, u"garden"_s}, {u"title"_s, u"garden"_s}, {u"members"_s, 1}, {u"online"_s, 1}}));
        const auto longText = QString(8000, u'x');
        for (const auto &text : {u"one"_s, u"two"_s, longText})
            QCOMPARE(codeOf(elif->call(u"send-message"_s, message(text, {}, u"garden"_s))), u"success"_s);
        const auto news = noor->payload(u"room-updated"_s);
        QCOMPARE(news["lastMessage"_L1]["content"_L1].toString(), longText.left(200));
        QCOMPARE(noor->unread(), QStringList()); // three messages, one piece of news
        const auto rooms = noor->call(u"list-rooms"_s)["rooms"_L1].toArray();
        QCOMPARE(rooms.size(), 2);
        QCOMPARE(rooms[0]["roomId"_L1].toString(), u"garden"_s); // the liveliest first
        QVERIFY(!elif->unread().contains(u"room-updated"_s)); // never asked
    }

    void a_refusal_names_event_path_and_rule()
    {
        const auto noor = person(u"u1"_s, u"Noor"_s);
        const QJsonObject payload{{u"roomId"_s, u"lobby"_s}, {u"limit"_s, 1000}};
        const auto error = noor->call(u"load-history"_s, payload)["error"_L1].toObject();
        QCOMPARE(error["code"_L1].toString(), u"invalid-payload"_s);
        QCOMPARE(error["event"_L1].toString(), u"load-history"_s);
        QCOMPARE(error["path"_L1].toString(), u"/limit"_s);
        QVERIFY(!error["rule"_L1].toString().isEmpty());
        QVERIFY(error["message"_L1].toString().startsWith(u"\"load-history\" /limit: "_s));
        QCOMPARE(gateway->counters().failures.value(u"invalid-payload"_s), 1u);
    }

    void bad_requests_are_answered_data()
    {
        QTest::addColumn<QString>("event");
        QTest::addColumn<QJsonValue>("payload");
        QTest::addColumn<QString>("code");
        const auto invalid = u"invalid-payload"_s;
        for (const auto &event : {u"join-room"_s, u"leave-room"_s, u"send-message"_s, u"start-typing"_s,
                                  u"stop-typing"_s, u"room-members"_s, u"load-history"_s}) {
            const auto row = [&](const char *what) -> QTestData & {
                return QTest::addRow("%s: %s", qPrintable(event), what);
            };
            const auto with = [](const QJsonValue &room) {
                return QJsonValue(QJsonObject{{u"roomId"_s, room}, {u"message"_s, u"x"_s}});
            };
            row("nothing") << event << QJsonValue() << invalid;
            row("text") << event << QJsonValue(u"lobby"_s) << invalid;
            row("a list") << event << QJsonValue(QJsonArray{u"lobby"_s}) << invalid;
            row("no room") << event << QJsonValue(QJsonObject{{u"message"_s, u"x"_s}}) << invalid;
            row("room a number") << event << with(7) << invalid;
            row("room an object") << event << with(QJsonObject{{u"toString"_s, u"x"_s}}) << invalid;
            row("room null") << event << with(QJsonValue()) << invalid;
            row("room empty") << event << with(u""_s) << invalid;
            row("room of blanks") << event << with(u"   "_s) << invalid;
            row("room of 129") << event << with(QString(129, u'r')) << invalid;
            row("room with a newline") << event << with(u"a\nb"_s) << invalid;
            row("room with a zero") << event << with(u"a\0b"_s) << invalid;
        }
        const auto send = u"send-message"_s;
        const auto says = [](const QJsonValue &text, const QJsonValue &clientId = QJsonValue::Undefined) {
            QJsonObject payload{{u"roomId"_s, u"lobby"_s}, {u"message"_s, text}};
            if (!clientId.isUndefined())
                payload.insert(u"clientMessageId"_s, clientId);
            return QJsonValue(payload);
        };
        QTest::newRow("message missing") << send << QJsonValue(lobby) << invalid;
        QTest::newRow("message empty") << send << says(u""_s) << invalid;
        QTest::newRow("message of blanks") << send << says(u" \n\t"_s) << invalid;
        QTest::newRow("message of 8001") << send << says(QString(8001, u'x')) << invalid;
        QTest::newRow("message a number") << send << says(42) << invalid;
        QTest::newRow("message an object") << send << says(QJsonObject{{u"html"_s, u"<b>"_s}}) << invalid;
        QTest::newRow("client id a number") << send << says(u"x"_s, 7) << invalid;
        QTest::newRow("client id of 129") << send << says(u"x"_s, QString(129, u'c')) << invalid;
        QTest::newRow("message of 8000") << send << says(QString(8000, u'x')) << u"success"_s;
        QTest::newRow("client id null") << send << says(u"x"_s, QJsonValue()) << u"success"_s;
        QTest::newRow("room of 128") << u"join-room"_s
                                     << QJsonValue(QJsonObject{{u"roomId"_s, QString(128, u'r')}})
                                     << u"success"_s;
        QTest::newRow("room named as a socket's own")
            << u"join-room"_s << QJsonValue(QJsonObject{{u"roomId"_s, u"user:u2"_s}}) << u"success"_s;
        const auto load = u"load-history"_s;
        const auto limit = [](const QJsonValue &value) {
            return QJsonValue(QJsonObject{{u"roomId"_s, u"lobby"_s}, {u"limit"_s, value}});
        };
        QTest::newRow("limit 0") << load << limit(0) << invalid;
        QTest::newRow("limit 101") << load << limit(101) << invalid;
        QTest::newRow("limit -1") << load << limit(-1) << invalid;
        QTest::newRow("limit 1.5") << load << limit(1.5) << invalid;
        QTest::newRow("limit text") << load << limit(u"50"_s) << invalid;
        QTest::newRow("limit 100") << load << limit(100) << u"success"_s;
        QTest::newRow("before a number")
            << load << QJsonValue(QJsonObject{{u"roomId"_s, u"lobby"_s}, {u"before"_s, 5}}) << invalid;
        const QJsonValue elsewhere(QJsonObject{{u"roomId"_s, u"elsewhere"_s}, {u"message"_s, u"x"_s}});
        for (const auto &event : {send, load, u"start-typing"_s, u"room-members"_s})
            QTest::addRow("%s: not in that room", qPrintable(event))
                << event << elsewhere << u"not-in-room"_s;
        QTest::newRow("leaving where one is not") << u"leave-room"_s << elsewhere << u"success"_s;
    }

    void bad_requests_are_answered()
    {
        QFETCH(QString, event);
        QFETCH(QJsonValue, payload);
        QFETCH(QString, code);
        const auto noor = person(u"u1"_s, u"Noor"_s);
        QVERIFY(noor);
        const auto answer = noor->call(event, payload);
        QVERIFY(!answer.isEmpty());
        QCOMPARE(codeOf(answer), code);
        if (code != u"success"_s) {
            QCOMPARE(answer.keys(), (QStringList{u"error"_s, u"success"_s}));
            QVERIFY(answer["error"_L1]["message"_L1].toString().endsWith(u'.'));
            QCOMPARE(gateway->counters().failures.value(code), 1U);
        }
        QCOMPARE(codeOf(noor->call(u"send-message"_s, message(u"all is well"_s))),
                 u"success"_s); // nothing broke
    }

    /// Rooms people name must not be the rooms the server uses for itself.
    void nobody_joins_somebody_elses_own_room()
    {
        const auto elif = person(u"u2"_s, u"Elif"_s);
        const auto noor = person(u"u1"_s, u"Noor"_s);
        for (const auto &room : {u"user:u2"_s, elif->id(), u"room:lobby"_s, u"watchers"_s})
            QCOMPARE(codeOf(noor->call(u"join-room"_s, QJsonObject{{u"roomId"_s, room}})), u"success"_s);
        std::ignore = noor->unread();
        auto *nsp = server->find(u"/chat"_s);
        nsp->to(u"user:u2"_s).emitEvent(u"private-message"_s, u"secret"_s);
        nsp->to(elif->id()).emitEvent(u"private-message"_s, u"secret"_s);
        QVERIFY(elif->next(u"private-message"_s));
        QVERIFY(elif->next(u"private-message"_s));
        QCOMPARE(noor->unread(), QStringList());
    }

    void there_is_an_end_to_rooms()
    {
        const auto noor = person(u"u1"_s, u"Noor"_s);
        for (int i = 1; i < 200; ++i)
            noor->emitEvent(u"join-room"_s, QJsonObject{{u"roomId"_s, QString::number(i)}});
        QCOMPARE(codeOf(noor->call(u"join-room"_s, QJsonObject{{u"roomId"_s, u"one more"_s}})),
                 u"too-many-rooms"_s);
        QCOMPARE(codeOf(noor->call(u"leave-room"_s, QJsonObject{{u"roomId"_s, u"7"_s}})), u"success"_s);
        QCOMPARE(codeOf(noor->call(u"join-room"_s, QJsonObject{{u"roomId"_s, u"one more"_s}})), u"success"_s);
    }

    void who_leaves_before_having_joined_is_not_there()
    {
        const auto noor = person(u"u1"_s, u"Noor"_s, false);
        noor->emitEvent(u"join-room"_s, lobby);
        QCOMPARE(codeOf(noor->call(u"leave-room"_s, lobby)), u"success"_s);
        QCOMPARE(codeOf(noor->call(u"send-message"_s, message(u"x"_s))), u"not-in-room"_s);
        QVERIFY(!server->find(u"/chat"_s)->socket(noor->id())->rooms().contains(u"room:lobby"_s));
    }

    void a_stopping_server_takes_nothing_new_and_answers_the_rest()
    {
        const auto noor = person(u"u1"_s, u"Noor"_s);
        gateway->drain();
        QCOMPARE(codeOf(noor->call(u"send-message"_s, message(u"x"_s))), u"shutting-down"_s);
        QCOMPARE(gateway->counters().messagesStored, 0U);
    }
};

QTEST_GUILESS_MAIN(TestChatGateway)
#include "tst_chatgateway.moc"
