// SPDX-License-Identifier: MIT
// How long an outbox keeps what waits, and how much of it.
#include "libclient/outbox/outbox.h"

#include <QtCore/QTemporaryDir>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Hubbub::Error;
using Hubbub::Outbox;
using Hubbub::OutboxEntry;
using Hubbub::OutboxOptions;
using Hubbub::OutboxState;

class tst_outboxlimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void waitingTooLongIsADeadLetter();
    void expiresWhileNobodyLooks();
    void onItsWayItDoesNotExpire_data();
    void onItsWayItDoesNotExpire();
    void aFullOutboxRefuses_data();
    void aFullOutboxRefuses();
    void narrowerLimitsLoseNothing();
    void retriesAsOftenAsToldTo();
    void versionOneIsBroughtUp();

private:
    std::unique_ptr<Outbox> opened(const OutboxOptions &options = {});

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

void tst_outboxlimits::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath(u"outbox.sqlite"_s);
}

std::unique_ptr<Outbox> tst_outboxlimits::opened(const OutboxOptions &options)
{
    auto outbox = std::make_unique<Outbox>(m_file, options);
    if (const auto result = outbox->open(); !result)
        QTest::qFail(qPrintable(result.error().code), __FILE__, __LINE__);
    return outbox;
}

void tst_outboxlimits::waitingTooLongIsADeadLetter()
{
    QString mortal;
    QString immortal;
    {
        const auto outbox = opened({.lifetime = 20ms});
        mortal = outbox->enqueue(u"a"_s, u"send"_s, {{u"n"_s, 1}});
        immortal = outbox->enqueue(u"a"_s, u"send"_s, {{u"n"_s, 2}}, 0ms);
        QTRY_COMPARE(outbox->count(), 2);
        QTRY_COMPARE(outbox->entries().at(0).state, OutboxState::Failed); // although offline
        QCOMPARE(outbox->entries().at(0).error.code, u"expired"_s);
        QVERIFY(!outbox->entries().at(0).error.message.isEmpty());
        QCOMPARE(outbox->entries().at(1).state, OutboxState::Queued);
        QVERIFY(!outbox->entries().at(1).expiresAt.isValid());
    }
    const auto outbox = opened();
    QCOMPARE(outbox->entries().at(0).error.code, u"expired"_s); // the file knows
    QStringList sent;
    outbox->setSender([&](const OutboxEntry &entry) {
        sent.append(entry.id);
        outbox->acknowledged(entry.id);
    });
    outbox->setOnline(true);
    QCOMPARE(sent, QStringList{immortal});
    outbox->retry(mortal);
    QCOMPARE(sent, (QStringList{immortal, mortal}));
    QCOMPARE(outbox->count(), 0);
}

void tst_outboxlimits::expiresWhileNobodyLooks()
{
    QDateTime expiresAt;
    {
        const auto outbox = opened();
        outbox->enqueue(u"a"_s, u"send"_s, {}, 100ms);
        QTRY_COMPARE(outbox->count(), 1);
        expiresAt = outbox->entries().at(0).expiresAt;
        QCOMPARE(expiresAt, outbox->entries().at(0).createdAt.addMSecs(100));
    }
    QTRY_VERIFY(QDateTime::currentDateTimeUtc() > expiresAt);
    QString id;
    {
        const auto outbox = opened();
        QCOMPARE(outbox->entries().at(0).expiresAt, expiresAt);
        QCOMPARE(outbox->entries().at(0).error.code, u"expired"_s);
        id = outbox->entries().at(0).id;
        outbox->retry(id);
        QCOMPARE(outbox->entries().at(0).state, OutboxState::Queued);
    }
    const auto outbox = opened();
    QCOMPARE(outbox->entries().at(0).state,
             OutboxState::Queued); // somebody wants it sent: it expires no more
    QVERIFY(!outbox->entries().at(0).expiresAt.isValid());
    outbox->discard(id);
    QCOMPARE(outbox->count(), 0);
}

void tst_outboxlimits::onItsWayItDoesNotExpire_data()
{
    QTest::addColumn<bool>("confirmed");
    QTest::newRow("confirmed late") << true;
    QTest::newRow("the connection is lost") << false;
}

void tst_outboxlimits::onItsWayItDoesNotExpire()
{
    QFETCH(bool, confirmed);
    const auto outbox = opened();
    outbox->setSender([](const OutboxEntry &) {});
    outbox->setOnline(true);
    const QString id = outbox->enqueue(u"a"_s, u"send"_s, {}, 300ms);
    QTRY_COMPARE(outbox->count(), 1);
    if (outbox->entries().at(0).state != OutboxState::Sending)
        QSKIP("the disk took longer than it may wait");
    const QDateTime expiresAt = outbox->entries().at(0).expiresAt;
    QTRY_VERIFY(QDateTime::currentDateTimeUtc() > expiresAt.addMSecs(10));
    QCOMPARE(outbox->entries().at(0).state, OutboxState::Sending);
    if (confirmed) {
        outbox->acknowledged(id);
        QCOMPARE(outbox->count(), 0);
    } else {
        outbox->setOnline(false);
        QCOMPARE(outbox->entries().at(0).error.code, u"expired"_s);
    }
}

void tst_outboxlimits::aFullOutboxRefuses_data()
{
    QTest::addColumn<qsizetype>("maxEntries");
    QTest::addColumn<qint64>("maxBytes");
    QTest::newRow("entries") << qsizetype(2) << qint64(1'000'000);
    QTest::newRow("bytes") << qsizetype(1'000) << qint64(2'500);
}

void tst_outboxlimits::aFullOutboxRefuses()
{
    QFETCH(qsizetype, maxEntries);
    QFETCH(qint64, maxBytes);
    const auto outbox = opened({.maxEntries = maxEntries, .maxBytes = maxBytes});
    QSignalSpy added(outbox.get(), &Outbox::added);
    QSignalSpy notKept(outbox.get(), &Outbox::notKept);
    QSignalSpy errors(outbox.get(), &Outbox::errorOccurred);
    const QCborMap payload{{u"text"_s, u"x"_s.repeated(1'000)}};
    const QString first = outbox->enqueue(u"a"_s, u"send"_s, payload);
    const QString second = outbox->enqueue(u"a"_s, u"send"_s, payload);
    const QString third = outbox->enqueue(u"b"_s, u"send"_s, payload);
    QCOMPARE(notKept.size(), 0); // never before the caller knows the id
    QTRY_COMPARE(added.size(), 2);
    QTRY_COMPARE(notKept.size(), 1);
    QCOMPARE(notKept.at(0).at(0).toString(), third);
    QCOMPARE(notKept.at(0).at(1).value<Error>().code, u"outbox-full"_s);
    QCOMPARE(errors.size(), 1);
    QCOMPARE(outbox->count(), 2);
    QVERIFY(outbox->bytes() > 2'000 && outbox->bytes() <= 2'500);

    outbox->discard(first); // room again
    outbox->enqueue(u"b"_s, u"send"_s, payload);
    QTRY_COMPARE(added.size(), 3);
    QCOMPARE(notKept.size(), 1);
    outbox->acknowledged(second);
    outbox->discard(outbox->entries().at(0).id);
    QCOMPARE(outbox->bytes(), 0);
}

void tst_outboxlimits::narrowerLimitsLoseNothing()
{
    {
        const auto outbox = opened();
        for (int i = 0; i < 5; ++i)
            outbox->enqueue(u"a"_s, u"send"_s, {{u"n"_s, i}});
    }
    const auto outbox = opened({.maxEntries = 3});
    QCOMPARE(outbox->count(), 5);
    QSignalSpy notKept(outbox.get(), &Outbox::notKept);
    outbox->enqueue(u"a"_s, u"send"_s, {});
    QTRY_COMPARE(notKept.size(), 1);
    for (int i = 0; i < 3; ++i)
        outbox->discard(outbox->entries().at(0).id);
    outbox->enqueue(u"a"_s, u"send"_s, {{u"n"_s, 5}});
    QTRY_COMPARE(outbox->count(), 3);
    QCOMPARE(outbox->entries().at(2).payload.value(u"n"_s).toInteger(), 5);
}

void tst_outboxlimits::retriesAsOftenAsToldTo()
{
    const auto outbox = opened({.retryDelay = 1ms, .retryDelayMax = 2ms, .maxTries = 3});
    int tries = 0;
    outbox->setSender([&](const OutboxEntry &entry) {
        ++tries;
        outbox->interrupted(entry.id);
    });
    outbox->setOnline(true);
    outbox->enqueue(u"a"_s, u"send"_s, {});
    QTRY_COMPARE(tries, 3);
    QTRY_COMPARE(outbox->entries().at(0).state, OutboxState::Failed);
    QCOMPARE(outbox->entries().at(0).error.code, u"no-answer"_s);
}

void tst_outboxlimits::versionOneIsBroughtUp()
{
    {
        QSqlDatabase db = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"one"_s);
        db.setDatabaseName(m_file);
        QVERIFY(db.open());
        QSqlQuery query(db);
        for (const auto &statement :
             {u"CREATE TABLE entries (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,"
              " queue TEXT NOT NULL, event TEXT NOT NULL, payload BLOB NOT NULL, created_at INTEGER NOT NULL,"
              " failed INTEGER NOT NULL, tries INTEGER NOT NULL, error_code TEXT NOT NULL,"
              " error_message TEXT NOT NULL, error_cause TEXT NOT NULL)"_s,
              u"INSERT INTO entries VALUES (7, 'old', 'a', 'send', x'A0', 1000, 0, 0, '', '', '')"_s,
              u"PRAGMA user_version = 1"_s})
            QVERIFY2(query.exec(statement), qPrintable(query.lastError().text()));
    }
    QSqlDatabase::removeDatabase(u"one"_s);
    {
        const auto outbox = opened();
        QCOMPARE(outbox->count(), 1);
        QCOMPARE(outbox->entries().at(0).id, u"old"_s);
        QVERIFY(!outbox->entries().at(0).expiresAt.isValid());
        outbox->enqueue(u"a"_s, u"send"_s, {}, 1h);
    }
    const auto outbox = opened();
    QCOMPARE(outbox->count(), 2);
    QVERIFY(outbox->entries().at(1).expiresAt > QDateTime::currentDateTimeUtc());
}

QTEST_GUILESS_MAIN(tst_outboxlimits)
#include "tst_outboxlimits.moc"
