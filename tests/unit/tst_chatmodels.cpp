// SPDX-License-Identifier: MIT
#include "app/chat/chattypes.h"
#include "app/chat/peoplemodel.h"
#include "app/chat/typingtracker.h"
#include "app/chat/unreadcounter.h"
#include "app/shell/identity.h"

#include <QtCore/QCborArray>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Hubbub::App;

class TestChatModels : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void peopleAreSortedByPresenceThenName()
    {
        PeopleModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setMe(u"3"_s);
        model.setPeople({{u"1"_s, u"Zoe"_s, u"online"_s, {}},
                         {u"2"_s, u"Ada"_s, u"offline"_s, {}},
                         {u"3"_s, u"Mia"_s, u"away"_s, {}}});
        QCOMPARE(names(model), (QStringList{u"Mia"_s, u"Zoe"_s, u"Ada"_s}));
        QCOMPARE(model.onlineCount(), 2);
        model.setPresence(u"2"_s, u"online"_s);
        QCOMPARE(names(model), (QStringList{u"Ada"_s, u"Mia"_s, u"Zoe"_s}));
        model.setPresence(u"3"_s, u"offline"_s);
        QCOMPARE(names(model), (QStringList{u"Ada"_s, u"Zoe"_s, u"Mia"_s}));
        QCOMPARE(model.index(2).data(PeopleModel::SectionRole).toString(), u"offline"_s);
        QCOMPARE(model.index(2).data(PeopleModel::SubtitleRole).toString(), u"you"_s);
        model.setTyping({u"1"_s});
        QCOMPARE(model.index(1).data(PeopleModel::SubtitleRole).toString(), u"typing…"_s);
        model.upsert({u"4"_s, u"Bea"_s, {}, {}});
        QCOMPARE(names(model), (QStringList{u"Ada"_s, u"Bea"_s, u"Zoe"_s, u"Mia"_s}));
        model.setPeople({{u"1"_s, u"Zoe"_s, u"online"_s, {}}});
        QCOMPARE(names(model), QStringList{u"Zoe"_s});
    }

    void guestsStayMarked()
    {
        PeopleModel model;
        const QCborMap noor{{u"userId"_s, u"1"_s}, {u"username"_s, u"Noor"_s}, {u"presence"_s, u"online"_s}};
        QCborMap marked = noor;
        marked[u"guest"_s] = true;
        const auto isGuest = [&model] { return model.index(0).data(PeopleModel::GuestRole).toBool(); };
        model.upsert(*ChatPerson::fromValue(noor));
        QVERIFY(!isGuest());
        model.upsert(*ChatPerson::fromValue(marked));
        QVERIFY(isGuest());
        model.setPresence(u"1"_s, u"offline"_s);
        QVERIFY(isGuest());
        marked[u"guest"_s] = u"yes"_s; // no mark: it is true or not there
        model.upsert(*ChatPerson::fromValue(marked));
        QVERIFY(!isGuest());
    }

    void typingInWords()
    {
        TypingTracker typing;
        QCOMPARE(typing.text(), QString());
        typing.start(u"1"_s, u"Tomás Reyes"_s);
        QCOMPARE(typing.text(), u"Tomás is typing…"_s);
        typing.start(u"1"_s, u"Tomás Reyes"_s);
        typing.start(u"2"_s, u"Mara Lindqvist"_s);
        QCOMPARE(typing.text(), u"Tomás and Mara are typing…"_s);
        typing.start(u"3"_s, u"Aiko Tanaka"_s);
        QCOMPARE(typing.text(), u"Tomás, Mara and Aiko are typing…"_s);
        typing.start(u"4"_s, u"Priya Nair"_s);
        QCOMPARE(typing.text(), u"Several people are typing…"_s);
        typing.stop(u"4"_s);
        typing.stop(u"3"_s);
        typing.stop(u"1"_s);
        QCOMPARE(typing.text(), u"Mara is typing…"_s);
    }

    void typingEndsByItself()
    {
        TypingTracker typing(nullptr, 50ms);
        typing.start(u"1"_s, u"Tomás"_s);
        QTRY_COMPARE(typing.text(), QString());
    }

    void mentions_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("mentioned");
        QTest::newRow("first name") << u"hi @lena!"_s << true;
        QTest::newRow("full name") << u"@Lena Hoffmann please"_s << true;
        QTest::newRow("everybody") << u"@all lunch"_s << true;
        QTest::newRow("a longer name") << u"@lenart"_s << false;
        QTest::newRow("an address") << u"mail me@lena"_s << false;
        QTest::newRow("without the sign") << u"lena said so"_s << false;
        QTest::newRow("only the sign") << u"@"_s << false;
    }
    void mentions()
    {
        QFETCH(QString, text);
        UnreadCounter counter;
        counter.setMe(u"u_lena"_s, u"Lena Hoffmann"_s);
        QTEST(counter.note(text), "mentioned");
        QCOMPARE(counter.unread(), 1);
        QVERIFY(counter.clear());
        QVERIFY(!counter.clear());
    }

    void messagesOfManyMakes_data()
    {
        QTest::addColumn<QCborMap>("map");
        QTest::addColumn<bool>("valid");
        const QCborMap good{{u"id"_s, u"1"_s},       {u"roomId"_s, u"r"_s},
                            {u"userId"_s, u"u"_s},   {u"username"_s, u"U"_s},
                            {u"content"_s, u"hi"_s}, {u"timestamp"_s, u"2026-03-03T12:00:00.000Z"_s}};
        const auto with = [&good](const QString &key, const QCborValue &value) {
            QCborMap map = good;
            map.insert(key, value);
            return map;
        };
        QTest::newRow("as specified") << good << true;
        QTest::newRow("number as id") << with(u"id"_s, 1) << true;
        QTest::newRow("milliseconds") << with(u"timestamp"_s, qint64(1772539200000)) << true;
        QTest::newRow("milliseconds as double") << with(u"timestamp"_s, 1772539200000.0) << true;
        QTest::newRow("without an id") << with(u"id"_s, QCborValue()) << false;
        QTest::newRow("nothing") << QCborMap() << false;
    }
    void messagesOfManyMakes()
    {
        QFETCH(QCborMap, map);
        QFETCH(bool, valid);
        const auto message = ChatMessage::fromValue(map);
        QCOMPARE(message.has_value(), valid);
        if (valid) {
            QCOMPARE(message->id, u"1"_s);
            QCOMPARE(message->timestamp.toUTC(), QDateTime(QDate(2026, 3, 3), QTime(12, 0), Qt::UTC));
        }
    }

    void historyIsOldestFirstWhateverTheServerDoes()
    {
        const auto entry = [](const QString &id, const QString &time) {
            return QCborMap{{u"id"_s, id}, {u"userId"_s, u"u"_s}, {u"timestamp"_s, time}};
        };
        const QCborArray messages{entry(u"2"_s, u"2026-03-03T12:00:02Z"_s),
                                  entry(u"1"_s, u"2026-03-03T12:00:01Z"_s)};
        const auto history =
            ChatHistory::fromValue(QCborMap{{u"roomId"_s, u"r"_s}, {u"messages"_s, messages}});
        QVERIFY(history);
        QCOMPARE(history->messages.first().id, u"1"_s);
        QCOMPARE(history->messages.first().roomId, u"r"_s);
        QVERIFY(!ChatHistory::fromValue(QCborMap()));
    }

    void initialsOfNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("letters");
        QTest::newRow("two words") << u"Mara Lindqvist"_s << u"ML"_s;
        QTest::newRow("one word") << u"mara"_s << u"MA"_s;
        QTest::newRow("a room") << u"departures-board"_s << u"DB"_s;
        QTest::newRow("none") << u" - "_s << QString();
    }
    void initialsOfNames()
    {
        QFETCH(QString, name);
        QTEST(initials(name), "letters");
        QVERIFY(nameSlot(name) >= 0 && nameSlot(name) < 8);
        QCOMPARE(nameSlot(name), nameSlot(name));
    }

private:
    static QStringList names(const PeopleModel &model)
    {
        QStringList names;
        for (int i = 0; i < model.count(); ++i)
            names.append(model.index(i).data(PeopleModel::NameRole).toString());
        return names;
    }
};

QTEST_GUILESS_MAIN(TestChatModels)
#include "tst_chatmodels.moc"
