// SPDX-License-Identifier: MIT
#include "server-lite/storage/historystore.h"
#include "server-lite/storage/messageid.h"
#include "tests/support/homebody.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtCore/QUuid>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>
#include <QtTest/QTest>

#include <csignal>
#include <sys/resource.h>

using namespace Hubbub;
using namespace Qt::StringLiterals;

namespace
{

NewMessage say(const QString &room, const QString &text, const QString &clientId = {},
               const QString &user = u"u1"_s)
{
    return {room, user, u"Noor"_s, text, clientId};
}

/// Asks the store and waits for the answer.
template <typename T, typename Ask>
Result<T> answerOf(Ask ask)
{
    std::optional<Result<T>> answer;
    ask([&answer](Result<T> result) { answer = std::move(result); });
    if (!QTest::qWaitFor([&] { return answer.has_value(); }, 10'000))
        return failure(u"no-answer"_s, u"The store did not answer."_s);
    return *std::move(answer);
}

Result<AppendResult> append(HistoryStore &store, const NewMessage &message)
{
    return answerOf<AppendResult>([&](auto callback) { store.append(message, &store, callback); });
}

Result<HistoryPage> page(HistoryStore &store, const QString &room, const QString &before = {}, int limit = 50)
{
    return answerOf<HistoryPage>(
        [&](auto callback) { store.page(u"reader"_s, room, before, limit, &store, callback); });
}

QStringList texts(const HistoryPage &page)
{
    QStringList list;
    for (const auto &message : page.messages)
        list += message.content;
    return list;
}

void runSql(const QString &file, const QString &sql)
{
    const auto name = QUuid::createUuid().toString();
    {
        auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        database.setDatabaseName(file);
        QVERIFY(database.open());
        QSqlQuery query(database);
        QVERIFY2(query.exec(sql), qPrintable(query.lastError().text()));
    }
    QSqlDatabase::removeDatabase(name);
}

} // namespace

class TestHistoryStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void what_is_said_can_be_read_again_data()
    {
        QTest::addColumn<bool>("inMemory");
        QTest::newRow("on disk") << false;
        QTest::newRow("in memory") << true;
    }

    void what_is_said_can_be_read_again()
    {
        QFETCH(bool, inMemory);
        QTemporaryDir dir;
        HistoryStore store;
        QVERIFY(store.open(inMemory ? QString() : dir.path()));
        const auto text = u"<b>ñ</b> '); DROP TABLE messages; --\n😀"_s;
        const auto before = QDateTime::currentMSecsSinceEpoch();
        const auto stored = append(store, say(u"lobby"_s, text, u"c1"_s));
        QVERIFY(stored);
        QVERIFY(!stored->isRepeat);
        QVERIFY(MessageIdGenerator::isId(stored->message.id));
        QVERIFY(stored->message.timestamp >= before);
        const auto history = page(store, u"lobby"_s);
        QVERIFY(history);
        QCOMPARE(history->messages, QList<StoredMessage>{stored->message});
        QCOMPARE(history->messages.first().content, text);
        QVERIFY(page(store, u"other"_s)->messages.isEmpty()); // rooms do not see each other
    }

    void answers_are_let_go_of_where_they_were_asked_for()
    {
        std::atomic<int> strays = 0;
        HistoryStore store;
        QVERIFY(store.open({}));
        for (int i = 0; i < 500; ++i) {
            const auto held = std::make_shared<HubbubTest::Homebody>(strays);
            store.append(say(u"lobby"_s, u"hello"_s), this, [held](const auto &) {});
            store.flush(this, [held] {});
        }
        QTRY_COMPARE(store.pendingCount(), 0);
        QCOMPARE(strays.load(), 0);
    }

    void a_repeated_message_is_stored_once()
    {
        HistoryStore store;
        QVERIFY(store.open({}));
        const auto first = append(store, say(u"lobby"_s, u"hello"_s, u"c1"_s));
        const auto again = append(store, say(u"lobby"_s, u"hello"_s, u"c1"_s));
        QVERIFY(again->isRepeat);
        QCOMPARE(again->message, first->message);
        QVERIFY(!append(store, say(u"lobby"_s, u"hello"_s, u"c1"_s, u"u2"_s))
                     ->isRepeat); // another user's own name
        QVERIFY(!append(store, say(u"lobby"_s, u"hello"_s))->isRepeat); // no name, no repeat
        QVERIFY(!append(store, say(u"lobby"_s, u"hello"_s))->isRepeat);
        QCOMPARE(page(store, u"lobby"_s)->messages.size(), 4);
    }

    void one_client_id_for_two_messages_is_refused()
    {
        HistoryStore store;
        QVERIFY(store.open({}));
        QVERIFY(append(store, say(u"lobby"_s, u"hello"_s, u"c1"_s)));
        QCOMPARE(append(store, say(u"lobby"_s, u"other"_s, u"c1"_s)).error().code,
                 u"client-message-id-taken"_s);
        QCOMPARE(append(store, say(u"other"_s, u"hello"_s, u"c1"_s)).error().code,
                 u"client-message-id-taken"_s);
        QCOMPARE(page(store, u"lobby"_s)->messages.size(), 1);
    }

    void repeats_in_one_batch_are_seen_too()
    {
        HistoryStore store;
        QVERIFY(store.open({}));
        int repeats = 0;
        int answers = 0;
        for (int i = 0; i < 10; ++i) {
            store.append(say(u"lobby"_s, u"hello"_s, u"c1"_s), &store,
                         [&](const Result<AppendResult> &result) {
                             ++answers;
                             repeats += result && result->isRepeat ? 1 : 0;
                         });
        }
        QTRY_COMPARE(answers, 10);
        QCOMPARE(repeats, 9);
    }

    void paging_goes_back_to_the_first_message()
    {
        HistoryStore store;
        QVERIFY(store.open({}));
        QStringList said;
        int answers = 0;
        for (int i = 0; i < 120; ++i) {
            said += u"message %1"_s.arg(i);
            store.append(say(u"lobby"_s, said.last()), &store, [&](const auto &) { ++answers; });
        }
        QTRY_COMPARE(answers, 120);
        const auto newest = page(store, u"lobby"_s);
        QCOMPARE(texts(*newest), said.mid(70));
        QVERIFY(newest->hasMore);
        const auto middle = page(store, u"lobby"_s, newest->messages.first().id);
        QCOMPARE(texts(*middle), said.mid(20, 50));
        QVERIFY(middle->hasMore);
        const auto oldest = page(store, u"lobby"_s, middle->messages.first().id);
        QCOMPARE(texts(*oldest), said.mid(0, 20));
        QVERIFY(!oldest->hasMore);
        QVERIFY(page(store, u"lobby"_s, oldest->messages.first().id)->messages.isEmpty());
        QVERIFY(!page(store, u"lobby"_s, oldest->messages.last().id, 19)->hasMore);
        QVERIFY(page(store, u"lobby"_s, u"0 OR 1=1"_s)->messages.isEmpty());
    }

    void rooms_come_with_their_last_message()
    {
        HistoryStore store;
        QVERIFY(store.open({}));
        for (const auto &[room, text] :
             {std::pair{u"a"_s, u"a1"_s}, {u"b"_s, u"b1"_s}, {u"c"_s, u"c1"_s}, {u"a"_s, u"a2"_s}})
            QVERIFY(append(store, say(room, text)));
        const auto rooms = answerOf<QList<StoredRoom>>(
            [&](auto callback) { store.rooms(u"reader"_s, 2, &store, callback); });
        QVERIFY(rooms);
        QCOMPARE(rooms->size(), 2);
        QCOMPARE(rooms->at(0).id, u"a"_s);
        QCOMPARE(rooms->at(0).lastMessage.content, u"a2"_s);
        QCOMPARE(rooms->at(1).id, u"c"_s);
    }

    void a_restart_keeps_messages_order_and_names()
    {
        QTemporaryDir dir;
        StoredMessage first;
        {
            HistoryStore store;
            QVERIFY(store.open(dir.path()));
            first = append(store, say(u"lobby"_s, u"before"_s, u"c1"_s))->message;
        }
        // The clock may have been wrong: an id from the year 9999 still sorts before what comes now.
        runSql(dir.filePath(u"history.sqlite"_s),
               u"UPDATE messages SET id = '7ZZZZZZZZZ' || substr(id, 11) WHERE content = 'before'"_s);
        HistoryStore store;
        QVERIFY(store.open(dir.path()));
        QVERIFY(store.notice().isEmpty());
        QVERIFY(append(store, say(u"lobby"_s, u"before"_s, u"c1"_s))->isRepeat);
        QVERIFY(append(store, say(u"lobby"_s, u"after"_s)));
        QCOMPARE(texts(*page(store, u"lobby"_s)), (QStringList{u"before"_s, u"after"_s}));
    }

    void what_was_asked_for_is_written_before_the_end()
    {
        QTemporaryDir dir;
        {
            HistoryStore store;
            QVERIFY(store.open(dir.path()));
            for (int i = 0; i < 2000; ++i)
                store.append(say(u"lobby"_s, QString::number(i)), &store, [](const auto &) {});
        }
        HistoryStore store;
        QVERIFY(store.open(dir.path()));
        const auto history = page(store, u"lobby"_s, {}, 5000);
        QCOMPARE(history->messages.size(), 2000);
        QCOMPARE(history->messages.last().content, u"1999"_s);
    }

    void answers_end_with_their_context()
    {
        HistoryStore store;
        QVERIFY(store.open({}));
        auto context = std::make_unique<QObject>();
        store.append(say(u"lobby"_s, u"x"_s), context.get(),
                     [](const auto &) { QFAIL("the asker is gone"); });
        context.reset();
        bool isDone = false;
        store.flush(&store, [&] { isDone = true; });
        QTRY_VERIFY(isDone);
        QCOMPARE(store.pendingCount(), 0);
        QCOMPARE(page(store, u"lobby"_s)->messages.size(), 1);
    }

    void a_disk_that_cannot_keep_up_is_said()
    {
        HistoryStore store;
        QVERIFY(store.open({}));
        int busy = 0;
        int answers = 0;
        for (int i = 0; i < 10'010; ++i) {
            const auto user = QString::number(i % 10);
            store.append(say(u"lobby"_s, u"x"_s, {}, user), &store, [&](const Result<AppendResult> &result) {
                ++answers;
                busy += !result && result.error().code == "history-busy"_L1 ? 1 : 0;
            });
        }
        QTRY_COMPARE_WITH_TIMEOUT(answers, 10'010, 60'000);
        QCOMPARE(busy, 10);
    }

    void who_asks_too_much_is_told_and_others_go_on()
    {
        HistoryStore store;
        QVERIFY(store.open({}));
        int answered = 0;
        int busy = 0;
        const auto count = [&](const auto &result) {
            ++answered;
            busy += !result && result.error().code == "busy"_L1 ? 1 : 0;
        };
        constexpr int greed = 10;
        for (int i = 0; i < HistoryStore::maxReadsOfOne + greed; ++i)
            store.page(u"flooder"_s, u"lobby"_s, {}, 50, &store, count);
        for (int i = 0; i < HistoryStore::maxWritesOfOne + greed; ++i)
            store.append(say(u"lobby"_s, u"x"_s, {}, u"flooder"_s), &store, count);
        QCOMPARE(store.pendingCount(), HistoryStore::maxReadsOfOne + HistoryStore::maxWritesOfOne);
        QVERIFY(append(store, say(u"lobby"_s, u"hello"_s)));
        QVERIFY(page(store, u"lobby"_s));
        QTRY_COMPARE_WITH_TIMEOUT(
            answered, HistoryStore::maxReadsOfOne + HistoryStore::maxWritesOfOne + 2 * greed, 60'000);
        QCOMPARE(busy, 2 * greed);
        // With the answers, the right to ask comes back.
        QVERIFY(answerOf<HistoryPage>(
            [&](auto callback) { store.page(u"flooder"_s, u"lobby"_s, {}, 50, &store, callback); }));
    }

    void a_flood_of_reads_holds_nobody_up()
    {
        HistoryStore store;
        QVERIFY(store.open({}));
        QStringList answers;
        for (int i = 0; i < HistoryStore::maxReadsOfOne; ++i)
            store.page(u"flooder"_s, u"lobby"_s, {}, 50, &store,
                       [&](const auto &) { answers += u"flooder"_s; });
        store.page(u"reader"_s, u"lobby"_s, {}, 50, &store, [&](const auto &) { answers += u"reader"_s; });
        store.append(say(u"lobby"_s, u"hello"_s), &store, [&](const auto &) { answers += u"writer"_s; });
        QTRY_COMPARE(answers.size(), HistoryStore::maxReadsOfOne + 2);
        // A batch of reads may be under way already; then come the write, and everybody's reads in turn.
        constexpr int readsOfABatch = 32;
        QVERIFY2(answers.indexOf(u"writer"_s) <= readsOfABatch, qPrintable(answers.join(u' ')));
        QVERIFY2(answers.indexOf(u"reader"_s) <= readsOfABatch + 2, qPrintable(answers.join(u' ')));
    }

    void one_persons_requests_are_done_in_their_order()
    {
        HistoryStore store;
        QVERIFY(store.open({}));
        QStringList answers;
        for (int i = 0; i < 50; ++i) {
            store.page(u"u1"_s, u"lobby"_s, {}, 100, &store, [&](const Result<HistoryPage> &result) {
                answers += QString::number(result->messages.size());
            });
            store.append(say(u"lobby"_s, QString::number(i)), &store,
                         [&](const auto &) { answers += u"said"_s; });
        }
        QTRY_COMPARE(answers.size(), 100);
        for (int i = 0; i < 50; ++i) // each question sees what was said before it, and nothing else
            QCOMPARE(answers.mid(2 * i, 2), (QStringList{QString::number(i), u"said"_s}));
    }

    void a_flood_of_messages_holds_nobody_up()
    {
        HistoryStore store;
        QVERIFY(store.open({}));
        QStringList answers;
        for (int i = 0; i < HistoryStore::maxWritesOfOne; ++i)
            store.append(say(u"lobby"_s, u"x"_s, {}, u"flooder"_s), &store,
                         [&](const auto &) { answers += u"flooder"_s; });
        store.append(say(u"lobby"_s, u"hello"_s), &store, [&](const auto &) { answers += u"writer"_s; });
        QTRY_COMPARE_WITH_TIMEOUT(answers.size(), HistoryStore::maxWritesOfOne + 1, 60'000);
        const auto texts = page(store, u"lobby"_s, {}, 5000);
        QCOMPARE(texts->messages.size(), answers.size());
        // Written in the order in which they were answered.
        QCOMPARE(texts->messages[answers.indexOf(u"writer"_s)].content, u"hello"_s);
        QVERIFY(!answers.isEmpty() && answers.last() == u"flooder"_s);
    }

    void a_second_server_is_kept_out()
    {
        QTemporaryDir dir;
        HistoryStore first;
        QVERIFY(first.open(dir.path()));
        QVERIFY(append(first, say(u"lobby"_s, u"x"_s)));
        {
            HistoryStore second;
            const auto opened = second.open(dir.path());
            QVERIFY(!opened);
            QCOMPARE(opened.error().code, u"history-in-use"_s);
        }
        QVERIFY(append(first, say(u"lobby"_s, u"y"_s)));
    }

    void a_second_server_is_kept_out_before_anything_is_written()
    {
        QTemporaryDir dir;
        {
            HistoryStore store;
            QVERIFY(store.open(dir.path()));
        }
        HistoryStore first;
        QVERIFY(first.open(dir.path()));
        HistoryStore second;
        QCOMPARE(second.open(dir.path()).error().code, u"history-in-use"_s);
    }

    void a_damaged_file_is_put_aside_data()
    {
        QTest::addColumn<QByteArray>("head"); // what the file begins with instead
        QTest::addColumn<bool>("cut"); // in the middle
        QTest::newRow("not a database") << QByteArray(4096, 'x') << false;
        QTest::newRow("damaged in the middle") << QByteArray() << false;
        QTest::newRow("cut") << QByteArray() << true;
    }

    void a_damaged_file_is_put_aside()
    {
        QFETCH(QByteArray, head);
        QFETCH(bool, cut);
        QTemporaryDir dir;
        {
            HistoryStore store;
            QVERIFY(store.open(dir.path()));
            for (int i = 0; i < 100; ++i)
                store.append(say(u"lobby"_s, QString(500, u'x')), &store, [](const auto &) {});
        }
        QFile file(dir.filePath(u"history.sqlite"_s));
        QVERIFY(file.open(QIODevice::ReadWrite));
        if (cut) {
            QVERIFY(file.resize(file.size() / 2));
        } else {
            QVERIFY(file.seek(head.isEmpty() ? 8192 : 0));
            QVERIFY(file.write(head.isEmpty() ? QByteArray(20'000, '\xee') : head) > 0);
        }
        file.close();
        HistoryStore store;
        const auto opened = store.open(dir.path());
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().cause));
        QVERIFY(store.notice().contains(u"history.sqlite.damaged-"_s));
        QCOMPARE(QDir(dir.path())
                         .entryList({u"history.sqlite.damaged-*"_s})
                         .filter(u"-wal"_s, Qt::CaseSensitive)
                         .size()
                     + 1,
                 QDir(dir.path()).entryList({u"history.sqlite.damaged-*"_s}).size());
        QVERIFY(append(store, say(u"lobby"_s, u"a new beginning"_s)));
    }

    void a_folder_that_cannot_be_used_data()
    {
        QTest::addColumn<QString>("prepare");
        QTest::addColumn<QString>("code");
        QTest::newRow("a file stands in the way") << u"file"_s << u"history-not-writable"_s;
        QTest::newRow("a folder stands in the way") << u"folder"_s << u"history-not-writable"_s;
        QTest::newRow("from a newer version") << u"future"_s << u"history-from-the-future"_s;
    }

    void a_folder_that_cannot_be_used()
    {
        QFETCH(QString, prepare);
        QFETCH(QString, code);
        QTemporaryDir dir;
        auto folder = dir.filePath(u"data"_s);
        if (prepare == u"file"_s) {
            QFile file(folder);
            QVERIFY(file.open(QIODevice::WriteOnly));
            folder += u"/below"_s;
        } else if (prepare == u"folder"_s) {
            QVERIFY(QDir().mkpath(folder + u"/history.sqlite"_s));
        } else {
            QVERIFY(QDir().mkpath(folder));
            runSql(folder + u"/history.sqlite"_s, u"PRAGMA user_version=2"_s);
        }
        HistoryStore store;
        const auto opened = store.open(folder);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, code);
        QVERIFY2(opened.error().message.endsWith(u'.'), qPrintable(opened.error().message));
        QVERIFY(!opened.error().message.contains(u"SQLITE"_s, Qt::CaseInsensitive)
                || opened.error().message.contains(u"history.sqlite"_s));
    }

    void a_refused_write_fails_alone()
    {
        QTemporaryDir dir;
        {
            HistoryStore store;
            QVERIFY(store.open(dir.path()));
            QVERIFY(append(store, say(u"lobby"_s, u"before"_s)));
        }
        runSql(dir.filePath(u"history.sqlite"_s),
               u"CREATE TRIGGER refuse BEFORE INSERT ON messages WHEN new.content = 'refused' BEGIN"
               " SELECT RAISE(ABORT, 'refused'); END"_s);
        HistoryStore store;
        QVERIFY(store.open(dir.path()));
        QList<bool> results;
        for (const auto &text : {u"one"_s, u"refused"_s, u"two"_s})
            store.append(say(u"lobby"_s, text), &store,
                         [&](const Result<AppendResult> &result) { results += result.has_value(); });
        QTRY_COMPARE(results, (QList<bool>{true, false, true}));
        QCOMPARE(texts(*page(store, u"lobby"_s)), (QStringList{u"before"_s, u"one"_s, u"two"_s}));
    }

    /// A limit on the size of files does to SQLite what a full disk does: the write of a whole batch fails.
    void a_disk_without_room_is_said_and_gets_over()
    {
        QTemporaryDir dir;
        HistoryStore store;
        QVERIFY(store.open(dir.path()));
        QVERIFY(append(store, say(u"lobby"_s, u"before"_s)));
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit old{};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &old), 0);
        rlimit tight = old;
        tight.rlim_cur = rlim_t(QFileInfo(dir.filePath(u"history.sqlite-wal"_s)).size() + 20'000);
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &tight), 0);
        QStringList codes;
        for (int i = 0; i < 20; ++i)
            store.append(
                say(u"lobby"_s, QString(8000, u'x')), &store,
                [&](const Result<AppendResult> &result) { codes += result ? u""_s : result.error().code; });
        const bool isAnswered = QTest::qWaitFor([&] { return codes.size() == 20; });
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &old), 0);
        QVERIFY(isAnswered);
        QVERIFY(codes.contains(u"disk-error"_s) || codes.contains(u"disk-full"_s));
        const auto stored = codes.count(QString());
        QVERIFY(append(store, say(u"lobby"_s, u"after"_s)));
        const auto history = page(store, u"lobby"_s);
        QCOMPARE(history->messages.size(), stored + 2); // what was refused is not there, what was answered is
        QCOMPARE(history->messages.last().content, u"after"_s);
    }

    void ids_sort_as_they_were_made_data()
    {
        QTest::addColumn<QList<qint64>>("clock");
        QTest::newRow("running") << QList<qint64>{1000, 1001, 1002};
        QTest::newRow("standing still") << QList<qint64>{1000, 1000, 1000, 1000};
        QTest::newRow("going back") << QList<qint64>{2000, 1000, 1, 0, 2000, 2001};
    }

    void ids_sort_as_they_were_made()
    {
        QFETCH(QList<qint64>, clock);
        MessageIdGenerator ids;
        QString last;
        for (const auto ms : clock) {
            for (int i = 0; i < 1000; ++i) {
                const auto id = ids.next(ms);
                QVERIFY(MessageIdGenerator::isId(id));
                QVERIFY(id > last);
                last = id;
            }
        }
    }

    void an_id_at_its_end_goes_on_in_the_next_millisecond()
    {
        MessageIdGenerator ids;
        const auto last = u"0000000ABC"_s + QString(16, u'Z');
        ids.continueAfter(last);
        const auto id = ids.next(0);
        QVERIFY(id > last);
        QCOMPARE(id.left(10), u"0000000ABD"_s);
        ids.continueAfter(u"nonsense"_s);
        QVERIFY(ids.next(0) > id);
    }
};

QTEST_GUILESS_MAIN(TestHistoryStore)
#include "tst_historystore.moc"
