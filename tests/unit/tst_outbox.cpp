// SPDX-License-Identifier: MIT
#include "libclient/outbox/outbox.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QRandomGenerator>
#include <QtCore/QTemporaryDir>
#include <QtCore/QTextStream>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <numeric>

using namespace Qt::StringLiterals;
using Hubbub::Error;
using Hubbub::Outbox;
using Hubbub::OutboxEntry;
using Hubbub::OutboxState;

namespace
{

QCborMap numbered(int n)
{
    return {{u"n"_s, n}};
}

QList<int> numbers(const QList<OutboxEntry> &entries)
{
    QList<int> all;
    for (const OutboxEntry &entry : entries)
        all.append(int(entry.payload.value(u"n"_s).toInteger()));
    return all;
}

QString openCode(Outbox &outbox)
{
    const Hubbub::Result<void> opened = outbox.open();
    return opened ? u"ok"_s : opened.error().code;
}

/// The other process of the tests below: keeps entries for ever and prints the number of each that is on
/// disk.
int keepForEver(const QString &file)
{
    Outbox outbox(file);
    if (!outbox.open())
        return 1;
    QTextStream out(stdout);
    int next = int(outbox.count());
    QObject::connect(&outbox, &Outbox::added, &outbox, [&](const OutboxEntry &entry) {
        out << entry.payload.value(u"n"_s).toInteger() << Qt::endl;
        outbox.enqueue(u"room"_s, u"send"_s, numbered(next++));
    });
    for (int i = 0; i < 5; ++i)
        outbox.enqueue(u"room"_s, u"send"_s, numbered(next++));
    out << "ready" << Qt::endl;
    return QCoreApplication::exec();
}

} // namespace

class tst_outbox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void survivesARestart();
    void sendsInOrderOneAtATimePerQueue();
    void sendsOnlyWhenOnline();
    void offlineTakesBackWhatWasOnItsWay();
    void refusedIsADeadLetterAndTheQueueGoesOn();
    void retriedAndDiscardedDeadLetters();
    void withoutAnswerItIsTriedAgain();
    void mayBeDestroyedByItsSender();
    void waitsForTheDiskWhenDestroyed();
    void survivesKill();
    void isHeldByOneProcess();
    void isNotHeldByWhatAKillLeft();
    void damagedFiles_data();
    void damagedFiles();
    void laterVersionIsLeftAlone();
    void foldersThatCannotBeWritten();
    void aFullDiskIsTold();
    void whatWasDiscardedOnAFullDiskStaysDiscarded();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

void tst_outbox::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_file = m_folder->filePath(u"profile/outbox.sqlite"_s);
}

void tst_outbox::survivesARestart()
{
    const QCborMap payload{
        {u"text"_s, u"grüße 🦉"_s}, {u"file"_s, QByteArray("\x00\xff", 2)}, {u"big"_s, 1LL << 60}};
    QString id;
    QDateTime createdAt;
    {
        Outbox outbox(m_file);
        QCOMPARE(openCode(outbox), u"ok"_s);
        QSignalSpy added(&outbox, &Outbox::added);
        id = outbox.enqueue(u"room 1"_s, u"send-message"_s, payload);
        QCOMPARE(outbox.count(), 0); // not kept until it is on disk
        QTRY_COMPARE(added.size(), 1);
        createdAt = outbox.entries().at(0).createdAt;
        outbox.enqueue(u"room 1"_s, u"send-message"_s, payload);
        QTRY_COMPARE(added.size(), 2);
    }
    Outbox outbox(m_file);
    QCOMPARE(openCode(outbox), u"ok"_s);
    QCOMPARE(outbox.count(), 2);
    const OutboxEntry entry = outbox.entries().at(0);
    QCOMPARE(entry.id, id);
    QCOMPARE(entry.queue, u"room 1"_s);
    QCOMPARE(entry.event, u"send-message"_s);
    QCOMPARE(entry.payload, payload);
    QCOMPARE(entry.createdAt, createdAt);
    QCOMPARE(entry.state, OutboxState::Queued);
}

void tst_outbox::sendsInOrderOneAtATimePerQueue()
{
    Outbox outbox(m_file);
    QCOMPARE(openCode(outbox), u"ok"_s);
    QHash<QString, QList<int>> sent;
    QHash<QString, QString> inFlight;
    bool overlapped = false;
    outbox.setSender([&](const OutboxEntry &entry) {
        overlapped = overlapped || inFlight.contains(entry.queue);
        inFlight.insert(entry.queue, entry.id);
        sent[entry.queue].append(int(entry.payload.value(u"n"_s).toInteger()));
        QMetaObject::invokeMethod(
            &outbox,
            [&outbox, &inFlight, entry] {
                inFlight.remove(entry.queue);
                outbox.acknowledged(entry.id);
            },
            Qt::QueuedConnection);
    });
    outbox.setOnline(true);
    QSignalSpy removed(&outbox, &Outbox::removed);
    QList<int> expected;
    for (int i = 0; i < 200; ++i) {
        outbox.enqueue(u"a"_s, u"send"_s, numbered(i));
        outbox.enqueue(u"b"_s, u"send"_s, numbered(i));
        expected.append(i);
    }
    QTRY_COMPARE_WITH_TIMEOUT(removed.size(), 400, 20'000);
    QCOMPARE(sent.value(u"a"_s), expected);
    QCOMPARE(sent.value(u"b"_s), expected);
    QVERIFY(!overlapped);
    QCOMPARE(outbox.count(), 0);
}

void tst_outbox::sendsOnlyWhenOnline()
{
    Outbox outbox(m_file);
    QCOMPARE(openCode(outbox), u"ok"_s);
    QStringList sent;
    outbox.setSender([&](const OutboxEntry &entry) { sent.append(entry.id); });
    QSignalSpy added(&outbox, &Outbox::added);
    const QString id = outbox.enqueue(u"a"_s, u"send"_s, numbered(1));
    QTRY_COMPARE(added.size(), 1);
    QVERIFY(sent.isEmpty());
    outbox.setOnline(true);
    QCOMPARE(sent, QStringList{id});
    QCOMPARE(outbox.entries().at(0).state, OutboxState::Sending);
}

void tst_outbox::offlineTakesBackWhatWasOnItsWay()
{
    Outbox outbox(m_file);
    QCOMPARE(openCode(outbox), u"ok"_s);
    QStringList sent;
    outbox.setSender([&](const OutboxEntry &entry) { sent.append(entry.id); });
    outbox.setOnline(true);
    const QString id = outbox.enqueue(u"a"_s, u"send"_s, numbered(1));
    QTRY_COMPARE(sent.size(), 1);
    outbox.setOnline(false);
    QCOMPARE(outbox.entries().at(0).state, OutboxState::Queued);
    QCOMPARE(outbox.entries().at(0).tries, 0);
    outbox.setOnline(true);
    QCOMPARE(sent, (QStringList{id, id}));
    outbox.acknowledged(id);
    QCOMPARE(outbox.count(), 0);
}

void tst_outbox::refusedIsADeadLetterAndTheQueueGoesOn()
{
    const Error refusal{u"too-long"_s, u"The message is too long."_s, u"4096"_s};
    {
        Outbox outbox(m_file);
        QCOMPARE(openCode(outbox), u"ok"_s);
        QList<int> sent;
        outbox.setSender([&](const OutboxEntry &entry) {
            sent.append(int(entry.payload.value(u"n"_s).toInteger()));
            if (sent.size() == 1)
                outbox.refused(entry.id, refusal);
        });
        outbox.setOnline(true);
        outbox.enqueue(u"a"_s, u"send"_s, numbered(1));
        outbox.enqueue(u"a"_s, u"send"_s, numbered(2));
        QTRY_COMPARE(sent, (QList{1, 2}));
        QCOMPARE(outbox.entries().at(0).state, OutboxState::Failed);
    }
    Outbox outbox(m_file);
    QCOMPARE(openCode(outbox), u"ok"_s);
    QCOMPARE(outbox.entries().at(0).state, OutboxState::Failed);
    QCOMPARE(outbox.entries().at(0).error, refusal);
    QCOMPARE(outbox.entries().at(1).state, OutboxState::Queued);
}

void tst_outbox::retriedAndDiscardedDeadLetters()
{
    Outbox outbox(m_file);
    QCOMPARE(openCode(outbox), u"ok"_s);
    bool refuse = true;
    QList<int> accepted;
    outbox.setSender([&](const OutboxEntry &entry) {
        if (refuse) {
            outbox.refused(entry.id, {u"no"_s, u"No."_s, {}});
        } else {
            accepted.append(int(entry.payload.value(u"n"_s).toInteger()));
            outbox.acknowledged(entry.id);
        }
    });
    outbox.setOnline(true);
    const QString first = outbox.enqueue(u"a"_s, u"send"_s, numbered(1));
    const QString second = outbox.enqueue(u"a"_s, u"send"_s, numbered(2));
    QSignalSpy changed(&outbox, &Outbox::changed);
    QTRY_COMPARE(changed.size(), 4); // Sending and Failed of each
    refuse = false;
    outbox.retry(first);
    QCOMPARE(accepted, QList{1});
    outbox.discard(second);
    outbox.discard(u"never there"_s);
    QCOMPARE(accepted, QList{1});
    QCOMPARE(outbox.count(), 0);
}

void tst_outbox::withoutAnswerItIsTriedAgain()
{
    Outbox outbox(m_file);
    QCOMPARE(openCode(outbox), u"ok"_s);
    QList<int> tries;
    outbox.setSender([&](const OutboxEntry &entry) {
        tries.append(entry.tries);
        if (tries.size() == 1)
            outbox.interrupted(entry.id);
        else
            outbox.acknowledged(entry.id);
    });
    outbox.setOnline(true);
    outbox.enqueue(u"a"_s, u"send"_s, numbered(1));
    QTRY_COMPARE_WITH_TIMEOUT(tries, (QList{1, 2}), 10'000); // a pause of at least half a second between them
    QCOMPARE(outbox.count(), 0);
}

void tst_outbox::mayBeDestroyedByItsSender()
{
    auto *outbox = new Outbox(m_file);
    QCOMPARE(openCode(*outbox), u"ok"_s);
    QPointer<Outbox> alive(outbox);
    outbox->setSender([outbox](const OutboxEntry &) { delete outbox; });
    outbox->setOnline(true);
    outbox->enqueue(u"a"_s, u"send"_s, numbered(1));
    QTRY_VERIFY(alive.isNull());
}

void tst_outbox::waitsForTheDiskWhenDestroyed()
{
    {
        Outbox outbox(m_file);
        QCOMPARE(openCode(outbox), u"ok"_s);
        for (int i = 0; i < 50; ++i)
            outbox.enqueue(u"a"_s, u"send"_s, numbered(i));
    }
    Outbox outbox(m_file);
    QCOMPARE(openCode(outbox), u"ok"_s);
    QCOMPARE(outbox.count(), 50);
}

void tst_outbox::survivesKill()
{
    QRandomGenerator random(20'261'121);
    int known = 0;
    for (int round = 0; round < 10; ++round) {
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), {u"--keep"_s, m_file});
        const int lines = 1 + int(random.bounded(60));
        int read = 0;
        while (read < lines) {
            QVERIFY2(child.waitForReadyRead(20'000), "the other process wrote nothing");
            while (child.canReadLine()) {
                const QByteArray line = child.readLine().trimmed();
                ++read;
                if (line != "ready")
                    known = std::max(known, line.toInt() + 1);
            }
        }
        child.kill(); // as kill -9, wherever it just is
        child.waitForFinished();
        const QByteArrayList rest = child.readAllStandardOutput().split('\n');
        for (const QByteArray &line : rest.mid(0, rest.size() - 1)) {
            if (line != "ready")
                known = std::max(known, line.toInt() + 1);
        }

        Outbox outbox(m_file);
        QCOMPARE(openCode(outbox), u"ok"_s);
        const QList<int> found = numbers(outbox.entries());
        QVERIFY2(found.size() >= known,
                 qPrintable(u"%1 were told to be kept, %2 are"_s.arg(known).arg(found.size())));
        QList<int> expected(found.size());
        std::iota(expected.begin(), expected.end(), 0);
        QCOMPARE(found, expected);
        known = int(found.size());
    }
    QVERIFY(known > 10);
}

void tst_outbox::isHeldByOneProcess()
{
    QProcess other;
    other.start(QCoreApplication::applicationFilePath(), {u"--keep"_s, m_file});
    QByteArray lines; // "ready", and the number of an entry on disk
    while (lines.count('\n') < 2) {
        QVERIFY(other.waitForReadyRead(20'000));
        lines += other.readAllStandardOutput();
    }
    Outbox outbox(m_file);
    QCOMPARE(openCode(outbox), u"outbox-locked"_s);
    other.kill();
    other.waitForFinished();
    QCOMPARE(openCode(outbox), u"ok"_s); // a dead process holds nothing
    QVERIFY(outbox.count() > 0);

    Outbox second(m_file);
    QCOMPARE(openCode(second), u"outbox-locked"_s);
}

/// A lock file without anything in it: its process was killed before it had written its name.
void tst_outbox::isNotHeldByWhatAKillLeft()
{
    QVERIFY(QDir().mkpath(QFileInfo(m_file).path()));
    QFile lock(m_file + u".lock"_s);
    QVERIFY(lock.open(QFile::WriteOnly));
    lock.close();
    Outbox outbox(m_file);
    QCOMPARE(openCode(outbox), u"ok"_s);
    Outbox second(m_file);
    const auto refused = second.open();
    QCOMPARE(refused.error().code, u"outbox-locked"_s);
    QVERIFY2(refused.error().cause.contains(QString::number(QCoreApplication::applicationPid())),
             qPrintable(refused.error().cause));
}

void tst_outbox::damagedFiles_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("length"); ///< -1: cut off there
    QTest::addColumn<bool>("somethingIsSaved");
    QTest::newRow("head overwritten") << 0 << 100 << false;
    QTest::newRow("cut off within the table") << 3 * 4096 << -1 << false;
    QTest::newRow("a page overwritten") << 5 * 4096 << 4096 << true;
    QTest::newRow("all of it overwritten") << 0 << 1'000'000 << false;
}

void tst_outbox::damagedFiles()
{
    QFETCH(int, from);
    QFETCH(int, length);
    QFETCH(bool, somethingIsSaved);
    {
        Outbox outbox(m_file);
        QCOMPARE(openCode(outbox), u"ok"_s);
        for (int i = 0; i < 100; ++i)
            outbox.enqueue(u"a"_s, u"send"_s, {{u"n"_s, i}, {u"text"_s, u"x"_s.repeated(1'000)}});
    }
    QFile file(m_file);
    QVERIFY(file.open(QFile::ReadWrite));
    const QByteArray before = file.readAll();
    QVERIFY(before.size() > 10 * 4096);
    if (length < 0) {
        QVERIFY(file.resize(from));
    } else {
        file.seek(from);
        file.write(QByteArray(std::min<qsizetype>(length, before.size()), 'x'));
    }
    file.close();
    QVERIFY(file.open(QFile::ReadOnly));
    const QByteArray damaged = file.readAll();
    file.close();

    Outbox outbox(m_file);
    const Hubbub::Result<void> opened = outbox.open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, u"outbox-corrupt"_s);
    const QString aside = opened.error().cause.section(u": "_s, 0, 0);
    QFile copy(aside);
    QVERIFY2(copy.open(QFile::ReadOnly), qPrintable(aside));
    QCOMPARE(copy.readAll(), damaged);
    if (somethingIsSaved)
        QVERIFY(outbox.count() > 0);
    const qsizetype saved = outbox.count();

    QSignalSpy added(&outbox, &Outbox::added);
    outbox.enqueue(u"a"_s, u"send"_s, numbered(100)); // it works all the same
    QTRY_COMPARE(added.size(), 1);
    QCOMPARE(outbox.count(), saved + 1);
}

void tst_outbox::laterVersionIsLeftAlone()
{
    {
        Outbox outbox(m_file);
        QCOMPARE(openCode(outbox), u"ok"_s);
    }
    {
        QSqlDatabase db = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"later"_s);
        db.setDatabaseName(m_file);
        QVERIFY(db.open());
        QVERIFY(QSqlQuery(db).exec(u"PRAGMA user_version = 99"_s));
    }
    QSqlDatabase::removeDatabase(u"later"_s);
    Outbox outbox(m_file);
    QCOMPARE(openCode(outbox), u"outbox-too-new"_s);
    QSignalSpy notKept(&outbox, &Outbox::notKept);
    const QString id = outbox.enqueue(u"a"_s, u"send"_s, numbered(1));
    QTRY_COMPARE(notKept.size(), 1);
    QCOMPARE(notKept.at(0).at(0).toString(), id);
    QVERIFY(QFile::exists(m_file));
}

void tst_outbox::foldersThatCannotBeWritten()
{
    QFile notAFolder(m_folder->filePath(u"file"_s));
    QVERIFY(notAFolder.open(QFile::WriteOnly));
    Outbox withinAFile(m_folder->filePath(u"file/outbox.sqlite"_s));
    QCOMPARE(openCode(withinAFile), u"outbox-unwritable"_s);
    Outbox asAFolder(m_folder->path());
    QCOMPARE(openCode(asAFolder), u"outbox-unwritable"_s);
    Outbox inProc(u"/proc/outbox.sqlite"_s);
    QCOMPARE(openCode(inProc), u"outbox-unwritable"_s);
}

void tst_outbox::aFullDiskIsTold()
{
    Outbox outbox(m_file);
    QCOMPARE(openCode(outbox), u"ok"_s);
    {
        // Another connection holds the file as a full disk would: nothing can be written.
        QSqlDatabase db = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"blocking"_s);
        db.setDatabaseName(m_file);
        QVERIFY(db.open());
        QSqlQuery query(db);
        QVERIFY(query.exec(u"CREATE TRIGGER full BEFORE INSERT ON entries BEGIN"
                           " SELECT RAISE(ABORT, 'database or disk is full'); END"_s));
    }
    QSqlDatabase::removeDatabase(u"blocking"_s);
    QSignalSpy errors(&outbox, &Outbox::errorOccurred);
    QSignalSpy notKept(&outbox, &Outbox::notKept);
    const QString id = outbox.enqueue(u"a"_s, u"send"_s, numbered(1));
    QTRY_COMPARE(notKept.size(), 1);
    QCOMPARE(notKept.at(0).at(0).toString(), id);
    QCOMPARE(errors.size(), 1);
    QCOMPARE(errors.at(0).at(0).value<Error>().code, u"outbox-unwritable"_s);
    QCOMPARE(outbox.count(), 0);
}

void tst_outbox::whatWasDiscardedOnAFullDiskStaysDiscarded()
{
    const auto run = [this](const QString &statement) {
        {
            QSqlDatabase db = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"blocking"_s);
            db.setDatabaseName(m_file);
            QVERIFY(db.open());
            QVERIFY(QSqlQuery(db).exec(statement));
        }
        QSqlDatabase::removeDatabase(u"blocking"_s);
    };
    {
        Outbox outbox(m_file);
        QCOMPARE(openCode(outbox), u"ok"_s);
        QSignalSpy added(&outbox, &Outbox::added);
        const QString id = outbox.enqueue(u"a"_s, u"send"_s, numbered(1));
        QTRY_COMPARE(added.size(), 1);
        run(u"CREATE TRIGGER full BEFORE DELETE ON entries BEGIN"
            " SELECT RAISE(ABORT, 'database or disk is full'); END"_s);
        QSignalSpy errors(&outbox, &Outbox::errorOccurred);
        outbox.discard(id);
        QTRY_COMPARE(errors.size(), 1);
        run(u"DROP TRIGGER full"_s);
    }
    Outbox again(m_file);
    QCOMPARE(openCode(again), u"ok"_s);
    QCOMPARE(again.count(), 0);
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], "--keep") == 0)
        return keepForEver(QString::fromLocal8Bit(argv[2]));
    tst_outbox test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_outbox.moc"
