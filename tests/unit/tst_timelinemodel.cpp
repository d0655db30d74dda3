// SPDX-License-Identifier: MIT
#include "app/chat/timelinemodel.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace Hubbub::App;

namespace
{

const QDateTime noon(QDate(2026, 3, 3), QTime(12, 0));

ChatMessage message(const QString &id, const QString &user, int second, const QString &text = u"hello"_s)
{
    return {id, u"r"_s, user, user + u" Name"_s, text, noon.addSecs(second), {}};
}

QStringList ids(const TimelineModel &model)
{
    QStringList ids;
    for (int i = 0; i < model.count(); ++i)
        ids.append(model.row(i).id);
    return ids;
}

} // namespace

class TestTimelineModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_model = std::make_unique<TimelineModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_model->setMe(u"me"_s, u"Me"_s);
        m_model->setClock([] { return noon.addSecs(3600); });
    }

    void groupsAndDates_data()
    {
        QTest::addColumn<QString>("user");
        QTest::addColumn<int>("second");
        QTest::addColumn<bool>("first");
        QTest::addColumn<bool>("date");
        QTest::newRow("same person, soon") << u"a"_s << 60 << false << false;
        QTest::newRow("same person, just under five minutes") << u"a"_s << 299 << false << false;
        QTest::newRow("same person, five minutes on") << u"a"_s << 300 << true << false;
        QTest::newRow("another person") << u"b"_s << 60 << true << false;
        QTest::newRow("the next day") << u"a"_s << 86400 << true << true;
    }
    void groupsAndDates()
    {
        QFETCH(QString, user);
        QFETCH(int, second);
        m_model->addMessage(message(u"1"_s, u"a"_s, 0));
        m_model->addMessage(message(u"2"_s, user, second));
        QTEST(role(0, TimelineModel::FirstInGroupRole).toBool(), "first");
        QTEST(role(0, TimelineModel::ShowDateRole).toBool(), "date");
        QVERIFY(role(1, TimelineModel::FirstInGroupRole).toBool());
        QVERIFY(role(1, TimelineModel::ShowDateRole).toBool());
    }

    void datesInWords_data()
    {
        QTest::addColumn<QDate>("today");
        QTest::addColumn<QString>("label");
        QTest::newRow("today") << QDate(2026, 3, 3) << u"Today"_s;
        QTest::newRow("yesterday") << QDate(2026, 3, 4) << u"Yesterday"_s;
        QTest::newRow("before") << QDate(2026, 3, 9) << u"Tuesday, 3 March"_s;
        QTest::newRow("last year") << QDate(2027, 3, 9) << u"Tuesday, 3 March 2026"_s;
    }
    void datesInWords()
    {
        QFETCH(QDate, today);
        QLocale::setDefault(QLocale::c());
        m_model->setClock([today] { return today.startOfDay(); });
        m_model->addMessage(message(u"1"_s, u"a"_s, 0));
        QTEST(role(0, TimelineModel::DateLabelRole).toString(), "label");
    }

    void ownMessageGoesThroughItsStates()
    {
        m_model->addPending(u"c1"_s, u"hi"_s, noon, MessageStatus::Queued, {});
        QCOMPARE(role(0, TimelineModel::StatusRole).toString(), u"queued"_s);
        m_model->setStatus(u"c1"_s, MessageStatus::Sending);
        QCOMPARE(role(0, TimelineModel::StatusRole).toString(), u"sending"_s);
        m_model->setStatus(u"c1"_s, MessageStatus::Failed, u"No."_s);
        QCOMPARE(role(0, TimelineModel::ErrorRole).toString(), u"No."_s);
        QVERIFY(role(0, TimelineModel::AccessibleTextRole).toString().contains(u"not sent. No."_s));
        m_model->confirm(u"c1"_s, u"s1"_s);
        QCOMPARE(role(0, TimelineModel::StatusRole).toString(), u"sent"_s);
        QCOMPARE(role(0, TimelineModel::MessageIdRole).toString(), u"s1"_s);
        QCOMPARE(m_model->pendingCount(), 0);
    }

    void pendingStandsBelowAndTakesTheServersPlace()
    {
        m_model->addPending(u"c1"_s, u"one"_s, noon, MessageStatus::Failed, {});
        m_model->addPending(u"c2"_s, u"two"_s, noon, MessageStatus::Sending, {});
        m_model->addMessage(message(u"s1"_s, u"a"_s, 5));
        QCOMPARE(ids(*m_model), (QStringList{u"c2"_s, u"c1"_s, u"s1"_s}));
        m_model->confirm(u"c2"_s, u"s2"_s, noon.addSecs(6));
        QCOMPARE(ids(*m_model), (QStringList{u"c1"_s, u"s2"_s, u"s1"_s}));
        m_model->discardPending(u"c1"_s);
        QCOMPARE(ids(*m_model), (QStringList{u"s2"_s, u"s1"_s}));
    }

    void anEchoIsNotASecondMessage_data()
    {
        QTest::addColumn<bool>("knowsClientId");
        QTest::addColumn<bool>("ackFirst");
        QTest::newRow("by client id, echo first") << true << false;
        QTest::newRow("by client id, ack first") << true << true;
        QTest::newRow("plain gateway, echo first") << false << false;
        QTest::newRow("plain gateway, ack first") << false << true;
    }
    void anEchoIsNotASecondMessage()
    {
        QFETCH(bool, knowsClientId);
        QFETCH(bool, ackFirst);
        m_model->addPending(u"c1"_s, u"hi"_s, noon, MessageStatus::Sending, {});
        ChatMessage echo = message(u"s1"_s, u"me"_s, 1, u"hi"_s);
        echo.clientMessageId = knowsClientId ? u"c1"_s : QString();
        if (ackFirst)
            m_model->confirm(u"c1"_s, u"s1"_s);
        QVERIFY(!m_model->addMessage(echo));
        if (!ackFirst)
            m_model->confirm(u"c1"_s, u"s1"_s);
        QCOMPARE(ids(*m_model), QStringList{u"s1"_s});
        QCOMPARE(role(0, TimelineModel::StatusRole).toString(), u"sent"_s);
    }

    void historyIsMergedOnce()
    {
        m_model->mergeNewest({message(u"1"_s, u"a"_s, 1), message(u"2"_s, u"a"_s, 2)});
        m_model->addMessage(message(u"3"_s, u"a"_s, 3));
        m_model->addPending(u"c1"_s, u"hi"_s, noon, MessageStatus::Sending, {});
        ChatMessage mine = message(u"5"_s, u"me"_s, 5, u"hi"_s);
        mine.clientMessageId = u"c1"_s;
        m_model->mergeNewest(
            {message(u"2"_s, u"a"_s, 2), message(u"3"_s, u"a"_s, 3), message(u"4"_s, u"b"_s, 4), mine});
        QCOMPARE(ids(*m_model), (QStringList{u"5"_s, u"4"_s, u"3"_s, u"2"_s, u"1"_s}));
        m_model->appendOlder(
            {message(u"-1"_s, u"a"_s, -2), message(u"0"_s, u"a"_s, -1), message(u"1"_s, u"a"_s, 1)});
        QCOMPARE(ids(*m_model), (QStringList{u"5"_s, u"4"_s, u"3"_s, u"2"_s, u"1"_s, u"0"_s, u"-1"_s}));
    }

    void aGapDropsWhatIsFarBehind()
    {
        m_model->mergeNewest({message(u"1"_s, u"a"_s, 1)});
        m_model->addPending(u"c1"_s, u"hi"_s, noon, MessageStatus::Queued, {});
        m_model->mergeNewest({message(u"8"_s, u"a"_s, 8), message(u"9"_s, u"a"_s, 9)});
        QCOMPARE(ids(*m_model), (QStringList{u"c1"_s, u"9"_s, u"8"_s}));
    }

    void theUnreadLineStartsAGroup()
    {
        m_model->addMessage(message(u"1"_s, u"a"_s, 1));
        m_model->addMessage(message(u"2"_s, u"a"_s, 2));
        m_model->setUnreadLine(u"2"_s);
        QVERIFY(role(0, TimelineModel::UnreadLineRole).toBool());
        QVERIFY(role(0, TimelineModel::FirstInGroupRole).toBool());
        m_model->setUnreadLine({});
        QVERIFY(!role(0, TimelineModel::FirstInGroupRole).toBool());
    }

private:
    QVariant role(int row, int role) const { return m_model->index(row).data(role); }

    std::unique_ptr<TimelineModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_GUILESS_MAIN(TestTimelineModel)
#include "tst_timelinemodel.moc"
