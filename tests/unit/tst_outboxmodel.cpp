// SPDX-License-Identifier: MIT
#include "libclient/outbox/outboxmodel.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using Hubbub::Outbox;
using Hubbub::OutboxEntry;
using Hubbub::OutboxModel;
using Hubbub::OutboxState;

class tst_outboxmodel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void followsItsOutbox();
    void beginsWithWhatIsThere();
};

void tst_outboxmodel::followsItsOutbox()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"outbox.sqlite"_s);
    {
        Outbox earlier(file);
        QVERIFY(earlier.open());
        for (int i = 0; i < 3; ++i)
            earlier.enqueue(u"room"_s, u"send"_s, {{u"n"_s, i}});
    }
    Outbox outbox(file);
    OutboxModel model(&outbox);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy moved(&model, &QAbstractItemModel::layoutChanged);
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(outbox.open());
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.property("count").toInt(), 3);

    const QString last = outbox.enqueue(u"room"_s, u"send"_s, {{u"n"_s, 3}});
    QTRY_COMPARE(inserted.size(), 2);
    QCOMPARE(inserted.at(1).at(1).toInt(), 3);
    const auto at = [&model](int row, OutboxModel::Role role) { return model.data(model.index(row), role); };
    QCOMPARE(at(3, OutboxModel::IdRole).toString(), last);
    QCOMPARE(at(3, OutboxModel::QueueRole).toString(), u"room"_s);
    QCOMPARE(at(3, OutboxModel::EventRole).toString(), u"send"_s);
    QCOMPARE(at(3, OutboxModel::PayloadRole).toMap().value(u"n"_s).toInt(), 3);
    QCOMPARE(at(3, OutboxModel::StateRole).toInt(), int(OutboxState::Queued));
    QVERIFY(at(3, OutboxModel::CreatedAtRole).toDateTime().isValid());
    QVERIFY(!at(3, OutboxModel::ExpiresAtRole).toDateTime().isValid());

    // The first is refused, the second confirmed, the third on its way.
    int sent = 0;
    outbox.setSender([&](const OutboxEntry &entry) {
        if (++sent == 1)
            outbox.refused(entry.id, {u"too-long"_s, u"Too long."_s, {}});
        else if (sent == 2)
            outbox.acknowledged(entry.id);
    });
    outbox.setOnline(true);
    QCOMPARE(sent, 3);
    QCOMPARE(removed.size(), 1);
    QCOMPARE(removed.at(0).at(1).toInt(), 1);
    QCOMPARE(at(0, OutboxModel::StateRole).toInt(), int(OutboxState::Failed));
    QCOMPARE(at(0, OutboxModel::ErrorCodeRole).toString(), u"too-long"_s);
    QCOMPARE(at(0, OutboxModel::ErrorMessageRole).toString(), u"Too long."_s);
    QCOMPARE(at(0, OutboxModel::TriesRole).toInt(), 1);
    QCOMPARE(at(1, OutboxModel::StateRole).toInt(), int(OutboxState::Sending));
    QCOMPARE(changed.size(), 4); // three sent, one of them refused

    model.retry(at(0, OutboxModel::IdRole).toString());
    QCOMPARE(at(0, OutboxModel::StateRole).toInt(), int(OutboxState::Queued));
    model.discard(at(0, OutboxModel::IdRole).toString());
    QCOMPARE(removed.size(), 2);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(reset.size() + moved.size(), 0);
}

void tst_outboxmodel::beginsWithWhatIsThere()
{
    const QTemporaryDir folder;
    Outbox outbox(folder.filePath(u"outbox.sqlite"_s));
    QVERIFY(outbox.open());
    outbox.enqueue(u"room"_s, u"send"_s, {});
    QTRY_COMPARE(outbox.count(), 1);
    const OutboxModel model(&outbox);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.roleNames().size(), 10);
}

QTEST_GUILESS_MAIN(tst_outboxmodel)
#include "tst_outboxmodel.moc"
