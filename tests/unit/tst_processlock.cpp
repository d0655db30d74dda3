// SPDX-License-Identifier: MIT
#include "libclient/outbox/outboxstore.h"
#include "tests/support/withoutflock.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <cerrno>

using namespace Qt::StringLiterals;
using Hubbub::OutboxChange;
using Hubbub::OutboxStore;
using Hubbub::ProcessLock;

class TestProcessLock : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void onlyWhatIsTakenIsHeldElsewhere_data()
    {
        QTest::addColumn<int>("error");
        QTest::addColumn<ProcessLock::Outcome>("outcome");
        QTest::newRow("taken") << EWOULDBLOCK << ProcessLock::Outcome::HeldElsewhere;
        QTest::newRow("no locks left, or no lockd") << ENOLCK << ProcessLock::Outcome::Unsupported;
        QTest::newRow("not on this file system") << ENOTSUP << ProcessLock::Outcome::Unsupported;
        QTest::newRow("not in this system") << ENOSYS << ProcessLock::Outcome::Unsupported;
        QTest::newRow("not of this file") << EINVAL << ProcessLock::Outcome::Unsupported;
    }

    void onlyWhatIsTakenIsHeldElsewhere()
    {
        QFETCH(int, error);
        QFETCH(ProcessLock::Outcome, outcome);
        QCOMPARE(ProcessLock::refusal(error), outcome);
    }

    /// What one store kept is there, and a second one gets nothing until the first is closed.
    void keepsTheOutboxWithoutLocks()
    {
        const QTemporaryDir dir;
        const QString file = dir.filePath(u"outbox"_s);
        for (int i = 0; i < 3; ++i)
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"outbox.lock cannot be locked:"_s));
        bool kept = false;
        QString refusal;
        QStringList found;
        const bool done = withoutFlock(ENOLCK, [&] {
            Hubbub::OutboxEntry entry;
            entry.id = u"a"_s;
            OutboxStore first(file);
            kept = first.open() && first.apply({{OutboxChange::Kind::Insert, entry}});
            OutboxStore second(file);
            if (const auto opened = second.open(); !opened)
                refusal = opened.error().code;
            first.close();
            if (const auto opened = second.open()) {
                for (const auto &each : opened->entries)
                    found << each.id;
            }
        });
        if (!done)
            QSKIP("the system does not let a thread give up flock()");
        QVERIFY(kept);
        QCOMPARE(refusal, u"outbox-unwritable"_s);
        QCOMPARE(found, QStringList{u"a"_s});
    }
};

QTEST_GUILESS_MAIN(TestProcessLock)
#include "tst_processlock.moc"
