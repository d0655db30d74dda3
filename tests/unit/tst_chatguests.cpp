// SPDX-License-Identifier: MIT
#include "tests/unit/chattest.h"

#include <QtCore/QTimer>
#include <QtTest/QTest>

/// Strangers in the chat: what they are called, and what they cannot do to others.
class TestChatGuests
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

    void a_guest_cannot_pass_for_somebody_who_is_there_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("shown");
        QTest::newRow("another name") << u"Elif"_s << u"Elif"_s;
        QTest::newRow("the same") << u"Noor Ñandú"_s << u"Noor Ñandú (2)"_s;
        QTest::newRow("in other case") << u"nOOR ñandú"_s << u"nOOR ñandú (2)"_s;
        QTest::newRow("decomposed") << u"Noor N\u0303andu\u0301"_s << u"Noor Ñandú (2)"_s;
        QTest::newRow("in full width") << u"Ｎoor Ñandú"_s << u"Ｎoor Ñandú (2)"_s;
        QTest::newRow("with a blank more") << u"Noor  Ñandú "_s << u"Noor Ñandú (2)"_s;
        QTest::newRow("with something invisible") << u"Noor\u200b Ñandú"_s << u"Noor Ñandú (2)"_s;
        QTest::newRow("turned around") << u"\u202eNoor Ñandú"_s << u"Noor Ñandú (2)"_s;
        QTest::newRow("nothing but invisible") << u"\u200b\u2060"_s << u"guest-1"_s;
    }

    void a_guest_cannot_pass_for_somebody_who_is_there()
    {
        QFETCH(QString, name);
        const auto noor = person(u"u1"_s, u"Noor Ñandú"_s);
        QVERIFY(noor);
        const auto [visitor, shown] = guest(u"guest-1"_s, name);
        QVERIFY(visitor);
        QTEST(shown, "shown");
        const auto joined = noor->payload(u"user-joined"_s);
        QTEST(joined["username"_L1].toString(), "shown");
        QCOMPARE(joined["guest"_L1].toBool(), true);
        QCOMPARE(codeOf(visitor->call(u"send-message"_s, message(u"hello"_s))), u"success"_s);
        const auto said = noor->payload(u"new-message"_s);
        QTEST(said["username"_L1].toString(), "shown");
        QCOMPARE(said["guest"_L1].toBool(), true);
        QCOMPARE(codeOf(noor->call(u"send-message"_s, message(u"welcome"_s))), u"success"_s);
        QVERIFY(!noor->payload(u"new-message"_s).contains(u"guest"_s)); // accounts bear no mark
        for (const auto member : noor->call(u"room-members"_s, lobby)["members"_L1].toArray())
            QCOMPARE(member["guest"_L1].toBool(), member["userId"_L1].toString() == "guest-1"_L1);
    }

    void guests_of_one_name_get_numbers_and_keep_them()
    {
        const auto [first, firstName] = guest(u"guest-1"_s, u"Noor"_s);
        const auto [second, secondName] = guest(u"guest-2"_s, u"Noor"_s);
        const auto [third, thirdName] = guest(u"guest-3"_s, u"noor"_s);
        QCOMPARE((QStringList{firstName, secondName, thirdName}),
                 (QStringList{u"Noor"_s, u"Noor (2)"_s, u"noor (3)"_s}));
        const auto [phone, phoneName] = guest(u"guest-2"_s, u"Noor"_s); // one person, one name
        QCOMPARE(phoneName, u"Noor (2)"_s);
        const auto owner = person(u"u1"_s, u"Noor"_s); // an account's name is its own
        QVERIFY(owner);
        first->leave();
        owner->leave();
        QTRY_COMPARE(gateway->peopleCount(), 2);
        QCOMPARE(guest(u"guest-4"_s, u"Noor"_s).second, u"Noor"_s); // free again
    }

    void an_id_of_guests_makes_a_guest()
    {
        GatewayPeer peer(server->port(), "/chat");
        QVERIFY(peer.join({{u"token"_s, token(u"guest-x"_s, u"Noor"_s)}}));
        QCOMPARE(peer.payload(u"authenticated"_s)["guest"_L1].toBool(), true);
    }

    void one_who_floods_the_history_holds_nobody_up()
    {
        const auto flooder = person(u"u1"_s, u"Noor"_s);
        const auto elif = person(u"u2"_s, u"Elif"_s);
        for (int i = 0; i < 60; ++i)
            QCOMPARE(codeOf(elif->call(u"send-message"_s, message(QString(500, u'x')))), u"success"_s);
        constexpr int flood = 3000;
        auto payload = lobby;
        payload.insert(u"limit"_s, 50);
        for (int i = 0; i < flood; ++i)
            flooder->ask(u"load-history"_s, payload);
        qsizetype mostPending = 0;
        QTimer watch; // as often as the loop turns
        connect(&watch, &QTimer::timeout, this,
                [&] { mostPending = std::max(mostPending, history->pendingCount()); });
        watch.start(0);
        QVERIFY(flooder->answer().has_value()); // the flood has reached the server
        const auto sent = elif->call(u"send-message"_s, message(u"still here"_s));
        QCOMPARE(codeOf(sent), u"success"_s);
        QHash<QString, int> outcomes;
        for (int i = 1; i < flood; ++i) {
            const auto answer = flooder->answer();
            QVERIFY(answer.has_value());
            ++outcomes[codeOf(*answer)];
        }
        QVERIFY2(mostPending <= HistoryStore::maxReadsOfOne + 1, qPrintable(QString::number(mostPending)));
        QCOMPARE(outcomes.value(u"success"_s) + outcomes.value(u"busy"_s), flood - 1);
        QCOMPARE(codeOf(flooder->call(u"load-history"_s, lobby)), u"success"_s);
    }
};

QTEST_GUILESS_MAIN(TestChatGuests)
#include "tst_chatguests.moc"
