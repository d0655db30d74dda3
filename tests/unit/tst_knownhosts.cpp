// SPDX-License-Identifier: MIT
// The file of known hosts when several change it, when one of them is killed, and where files cannot be
// locked.
#include "libclient/transport/knownhosts.h"
#include "libclient/transport/processlock.h"
#include "tests/support/withoutflock.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QRandomGenerator>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using EngineIo::KnownHosts;
using Hubbub::ProcessLock;

namespace
{

constexpr int patience = 20'000; // for a machine that is busy with other things

QString serverName(int number)
{
    return u"host-%1:443"_s.arg(number);
}

QByteArray fingerprint(int number)
{
    return QByteArray(32, char(number));
}

} // namespace

class tst_knownhosts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void whoHoldsItIsNamed();
    void aKilledHolderKeepsNobodyOut();
    void whatAKillLeftKeepsNobodyOut_data();
    void whatAKillLeftKeepsNobodyOut();
    void aKillInTheMiddleLosesNothing();
    void nobodyUndoesWhatOthersChange();
    void changesWithoutLocks();
    void saysWhereNoLockFileCanBeMade();

private:
    QString file() const { return m_folder->filePath(u"known_hosts"_s); }
    QString lockFile() const { return file() + u".lock"_s; }
    static QByteArray nextLine(QProcess &program);

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_knownhosts::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_folder = std::make_unique<QTemporaryDir>();
}

QByteArray tst_knownhosts::nextLine(QProcess &program)
{
    while (!program.canReadLine() && program.waitForReadyRead(patience)) { }
    return program.readLine().trimmed();
}

void tst_knownhosts::whoHoldsItIsNamed()
{
    ProcessLock other(lockFile());
    QCOMPARE(other.tryLock(), ProcessLock::Outcome::Held);
    KnownHosts store(file());
    for (const auto &refused : {store.trust(serverName(1), fingerprint(1)), store.forget(serverName(1))}) {
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, u"trust-store-unwritable"_s);
        QVERIFY2(refused.error().cause.endsWith(u", process %1"_s.arg(QCoreApplication::applicationPid())),
                 qPrintable(refused.error().cause));
    }
    QVERIFY(!*store.fingerprintOf(serverName(1))); // to read it takes no lock
    other.unlock();
    QVERIFY(store.trust(serverName(1), fingerprint(1)));
    QCOMPARE(**store.fingerprintOf(serverName(1)), fingerprint(1));
}

void tst_knownhosts::aKilledHolderKeepsNobodyOut()
{
    QProcess holder;
    holder.start(QCoreApplication::applicationFilePath(), {u"--hold"_s, lockFile()});
    QCOMPARE(nextLine(holder), "held"_ba);
    KnownHosts store(file());
    const auto refused = store.trust(serverName(1), fingerprint(1));
    QVERIFY(!refused);
    QVERIFY2(refused.error().cause.endsWith(u", process %1"_s.arg(holder.processId())),
             qPrintable(refused.error().cause));
    holder.kill(); // as kill -9
    QVERIFY(holder.waitForFinished(patience));
    QVERIFY(store.trust(serverName(1), fingerprint(1)));
    QCOMPARE(**store.fingerprintOf(serverName(1)), fingerprint(1));
}

void tst_knownhosts::whatAKillLeftKeepsNobodyOut_data()
{
    QTest::addColumn<QByteArray>("left");
    const QByteArray process = QByteArray::number(QCoreApplication::applicationPid());
    QTest::newRow("killed before it wrote") << QByteArray();
    QTest::newRow("its name") << "hubbub, process " + process + "\n";
    QTest::newRow("of QLockFile, its number is another's now")
        << process + "\n" + QCoreApplication::applicationName().toUtf8() + "\n"
               + QSysInfo::machineHostName().toUtf8() + "\n";
    QTest::newRow("of QLockFile, on another machine") << "1\nhubbub\nelsewhere\n"_ba;
}

void tst_knownhosts::whatAKillLeftKeepsNobodyOut()
{
    QFETCH(QByteArray, left);
    QFile lock(lockFile());
    QVERIFY(lock.open(QFile::WriteOnly));
    lock.write(left);
    lock.close();
    QVERIFY(KnownHosts(file()).trust(serverName(1), fingerprint(1)));
}

void tst_knownhosts::aKillInTheMiddleLosesNothing()
{
    QRandomGenerator random(17);
    for (int round = 0; round < 10; ++round) {
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), {u"--trust"_s, file()});
        int told = 0;
        for (const int lines = 1 + int(random.bounded(20)); told < lines; ++told)
            QCOMPARE(nextLine(child), QByteArray::number(told));
        child.kill(); // as kill -9, wherever it just is
        QVERIFY(child.waitForFinished(patience));
        KnownHosts store(file());
        QVERIFY(store.trust(u"other:443"_s, fingerprint(round)));
        for (int i = 0; i < told; ++i) {
            const auto kept = store.fingerprintOf(serverName(i));
            QVERIFY(kept && *kept);
            QCOMPARE(**kept, fingerprint(i));
        }
        QVERIFY(QFile::remove(file()));
    }
}

void tst_knownhosts::nobodyUndoesWhatOthersChange()
{
    constexpr int threads = 4;
    constexpr int each = 10;
    std::vector<std::unique_ptr<QThread>> all;
    for (int i = 0; i < threads; ++i)
        all.emplace_back(QThread::create([this, i] {
            KnownHosts store(file());
            for (int j = 0; j < each; ++j) {
                const int number = i * each + j;
                const QDeadlineTimer end(patience);
                while (!store.trust(serverName(number), fingerprint(number)) && !end.hasExpired()) {
                } // others were long about it
            }
        }));
    for (const auto &thread : all)
        thread->start();
    for (const auto &thread : all)
        thread->wait();
    KnownHosts store(file());
    for (int i = 0; i < threads * each; ++i) {
        const auto kept = store.fingerprintOf(serverName(i));
        QVERIFY(kept);
        QVERIFY2(kept->has_value(), qPrintable(serverName(i)));
        QCOMPARE(**kept, fingerprint(i));
    }
}

void tst_knownhosts::changesWithoutLocks()
{
    for (int i = 0; i < 3; ++i)
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"known_hosts.lock cannot be locked:"_s));
    bool changed = false;
    const bool done = withoutFlock(ENOLCK, [&] {
        KnownHosts store(file());
        changed = store.trust(serverName(1), fingerprint(1)) && store.trust(serverName(2), fingerprint(2))
                  && store.forget(serverName(1));
    });
    if (!done)
        QSKIP("the system does not let a thread give up flock()");
    QVERIFY(changed);
    KnownHosts store(file());
    QVERIFY(!*store.fingerprintOf(serverName(1)));
    QCOMPARE(**store.fingerprintOf(serverName(2)), fingerprint(2));
}

void tst_knownhosts::saysWhereNoLockFileCanBeMade()
{
    QVERIFY(QDir().mkpath(lockFile())); // a folder has its name
    const auto refused = KnownHosts(file()).trust(serverName(1), fingerprint(1));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, u"trust-store-unwritable"_s);
    QCOMPARE(refused.error().cause, u"the lock file beside it cannot be made"_s);
}

namespace
{

void say(const QString &line)
{
    std::puts(qPrintable(line));
    std::fflush(stdout);
}

/// Another program that has the lock until it is killed.
int hold(const QString &lockFile)
{
    ProcessLock lock(lockFile);
    if (lock.tryLock() != ProcessLock::Outcome::Held)
        return 1;
    say(u"held"_s);
    return std::getchar();
}

/// Another program that trusts one server after the other until it is killed.
int trust(const QString &file)
{
    KnownHosts store(file);
    for (int i = 0; store.trust(serverName(i), fingerprint(i)); ++i)
        say(QString::number(i));
    return 1;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    if (arguments.size() == 3 && arguments.at(1) == "--hold"_L1)
        return hold(arguments.at(2));
    if (arguments.size() == 3 && arguments.at(1) == "--trust"_L1)
        return trust(arguments.at(2));
    tst_knownhosts test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_knownhosts.moc"
