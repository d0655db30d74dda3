// SPDX-License-Identifier: MIT
// What the disk does not take goes back to the person who wrote it, with a reason.
#include "tests/support/apptest.h"

#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace Hubbub::App;
using HubbubTest::HostingApp;

namespace
{

/// Runs it on the file of unsent messages, as a disk in trouble might change under the app.
bool change(const QString &file, const QString &statement)
{
    bool done = false;
    {
        auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
        database.setDatabaseName(file);
        done = database.open() && QSqlQuery(database).exec(statement);
    }
    QSqlDatabase::removeDatabase(u"other"_s);
    return done;
}

} // namespace

class TestUnkeptMessage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void itComesBackBeforeWhatIsBeingWritten()
    {
        HostingApp app;
        QVERIFY(app.start());
        Room *room = app.chat()->currentRoom();
        QVERIFY(change(file(app), u"CREATE TRIGGER full BEFORE INSERT ON entries BEGIN SELECT RAISE(FAIL, "
                                  "'database or disk is full'); END"_s));
        QVERIFY(room->send(u"not lost"_s));
        QCOMPARE(room->draft(), QString());
        room->setDraft(u"the next"_s);
        QTRY_COMPARE(room->draft(), u"not lost\nthe next"_s);
        QCOMPARE(room->timeline()->count(), 0);
        QVERIFY2(app.chat()->error().contains(u"Unsent messages cannot be kept in"_s),
                 qPrintable(app.chat()->error()));

        QVERIFY(change(file(app), u"DROP TRIGGER full"_s));
        QVERIFY(room->send(room->draft()));
        QTRY_COMPARE(room->waiting(), 0);
        QTRY_COMPARE(room->timeline()->count(), 1);
        QCOMPARE(room->timeline()->row(0).text, u"not lost\nthe next"_s);
        QCOMPARE(room->draft(), QString());
    }

    void aFileThatCannotBeOpenedIsSaidAtOnceAndAtEveryTry()
    {
        HostingApp app;
        QVERIFY(QDir(app.dir.path()).mkpath(u"outbox-hosted.sqlite"_s)); // a folder where the file should be
        QVERIFY(app.start());
        Room *room = app.chat()->currentRoom();
        QTRY_VERIFY(room->isJoined());
        const auto sentence = u"Unsent messages cannot be kept in"_s;
        QVERIFY2(app.chat()->error().contains(sentence), qPrintable(app.chat()->error()));
        app.chat()->dismissError();
        room->setDraft(u"stays"_s);
        QVERIFY(!room->send(room->draft()));
        QVERIFY2(app.chat()->error().contains(sentence), qPrintable(app.chat()->error()));
        QCOMPARE(room->draft(), u"stays"_s);
    }

private:
    static QString file(const HostingApp &app) { return app.dir.filePath(u"outbox-hosted.sqlite"_s); }
};

QTEST_GUILESS_MAIN(TestUnkeptMessage)
#include "tst_unkeptmessage.moc"
