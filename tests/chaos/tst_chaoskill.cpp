// SPDX-License-Identifier: MIT
// kill -9 of the sending program, and of the server, at random moments: what was kept reaches the history
// once and in order.
#include "tests/chaos/chaosform.h"
#include "tests/chaos/chaosproxy.h"
#include "tests/chaos/historyreader.h"
#include "tests/unit/serverprogram.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using HubbubTest::spinUntil;

namespace
{

/// One life of the sending program, and what it said. Thread: the test's.
class Sender
{
public:
    Sender(const QUrl &url, const QString &token, const QString &file, const QString &first)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral(HUBBUB_CHAOS_SENDER), {url.toString(), token, file, first});
        m_process.waitForStarted();
    }
    ~Sender() { kill(); }

    void kill() ///< as kill -9, wherever it just is
    {
        m_process.kill();
        m_process.waitForFinished();
        read();
    }
    void read()
    {
        while (m_process.canReadLine()) {
            const QList<QByteArray> words = m_process.readLine().trimmed().split(' ');
            said[words.value(0)].append(words.value(1).toInt());
        }
    }
    bool hasEnded() const { return m_process.state() == QProcess::NotRunning; }

    QHash<QByteArray, QList<int>> said; ///< numbers by the word before them

private:
    QProcess m_process;
};

/// What all lives of the sender said, and the history they wrote to.
struct Story {
    QSet<int> tried;
    QSet<int> kept;
    QSet<int> acked;
    QSet<int> dead;

    void add(const Sender &sender)
    {
        const auto all = [&sender](const char *word) {
            const QList<int> numbers = sender.said.value(word);
            return QSet<int>(numbers.begin(), numbers.end());
        };
        tried.unite(all("try"));
        kept.unite(all("kept"));
        acked.unite(all("acked"));
        dead.unite(all("dead"));
    }
    int next() const { return tried.isEmpty() ? 0 : *std::max_element(tried.begin(), tried.end()) + 1; }
};

} // namespace

class tst_chaoskill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void killedSender();
    void killedServer();

private:
    void startServer();
    void finish(const QUrl &url, Story &story);

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_data;
    QString m_outbox;
    QString m_token;
    std::unique_ptr<Program> m_server;
    HubbubTest::ChaosProxy m_network{0}; ///< has one address, wherever the server is
};

void tst_chaoskill::init()
{
    QTest::failOnWarning(QRegularExpression(u"."_s));
    m_folder = std::make_unique<QTemporaryDir>();
    m_data = m_folder->filePath(u"server"_s);
    m_outbox = m_folder->filePath(u"outbox.sqlite"_s);
    Program issuer({u"--data"_s, m_data, u"--issue-token"_s, u"speaker"_s});
    QCOMPARE(issuer.exitCode(), 0);
    m_token = issuer.output().trimmed();
    startServer();
}

/// On another port than before, which the network hides: the one it had may be taken meanwhile.
void tst_chaoskill::startServer()
{
    QStringList arguments{u"--data"_s, m_data, u"--port"_s, u"0"_s};
    for (const QString &limit : {u"events-per-connection"_s, u"events-per-user"_s, u"events-per-address"_s,
                                 u"connects-per-address"_s})
        arguments << u"--"_s + limit << u"0"_s;
    m_server = std::make_unique<Program>(arguments);
    const quint16 port = m_server->port();
    QVERIFY2(port != 0, qPrintable(m_server->complaint()));
    m_network.setTarget(port);
}

/// Lets the rest be sent, and compares what was said with what is in the history.
void tst_chaoskill::finish(const QUrl &url, Story &story)
{
    Sender last(url, m_token, m_outbox, u"drain"_s);
    QVERIFY(spinUntil([&] { return last.hasEnded(); }, 60s));
    last.read();
    QVERIFY(last.said.contains("empty"));
    story.add(last);
    m_server->terminate();
    QCOMPARE(m_server->exitCode(), 0);
    Hubbub::HistoryStore history;
    QVERIFY(history.open(m_data));
    QVERIFY2(history.notice().isEmpty(), qPrintable(history.notice()));
    const auto found = HubbubTest::numbersInHistory(history, u"lobby"_s);
    QVERIFY(found);
    QVERIFY(story.dead.isEmpty());
    // In order and none twice: every one larger than the one before.
    for (qsizetype i = 1; i < found->size(); ++i)
        QVERIFY2(found->at(i) > found->at(i - 1),
                 qPrintable(u"%1 comes after %2"_s.arg(found->at(i)).arg(found->at(i - 1))));
    const QSet<int> inHistory(found->begin(), found->end());
    QVERIFY(inHistory.contains(story.kept));
    QVERIFY(inHistory.contains(story.acked));
    QVERIFY(story.tried.contains(inHistory));
    qInfo("%lld kept, %lld in the history: all of them, once, in order", qlonglong(story.kept.size()),
          qlonglong(found->size()));
}

void tst_chaoskill::killedSender()
{
    const QUrl url = m_network.url();
    const int rounds = HubbubTest::isLongForm() ? 200 : 10;
    QRandomGenerator random(20'261'126);
    Story story;
    for (int round = 0; round < rounds; ++round) {
        Sender sender(url, m_token, m_outbox, QString::number(story.next()));
        // Some die before the file is open, some before the connection stands, most at work; the last one
        // surely there.
        const QDeadlineTimer death(qint64(random.bounded(250)));
        const bool mayDieEarly = round + 1 < rounds;
        QVERIFY(spinUntil(
            [&] {
                sender.read();
                return death.hasExpired() && (mayDieEarly || sender.said.contains("kept"));
            },
            20s));
        sender.kill();
        QVERIFY(!sender.said.contains("failed"));
        story.add(sender);
    }
    QVERIFY(!story.kept.isEmpty());
    finish(url, story);
    qInfo("killed the sender %d times", rounds);
}

void tst_chaoskill::killedServer()
{
    const QUrl url = m_network.url();
    const int rounds = HubbubTest::isLongForm() ? 30 : 4;
    QRandomGenerator random(20'261'127);
    Story story;
    {
        Sender sender(url, m_token, m_outbox, u"0"_s);
        for (int round = 0; round < rounds; ++round) {
            const auto before = sender.said.value("acked").size();
            const int more = 1 + int(random.bounded(40));
            QVERIFY(spinUntil(
                [&] {
                    sender.read();
                    return sender.said.value("acked").size() >= before + more;
                },
                60s));
            m_server->kill();
            startServer();
            if (QTest::currentTestFailed())
                return;
        }
        sender.kill();
        story.add(sender);
    }
    finish(url, story);
    qInfo("killed the server %d times", rounds);
}

QTEST_GUILESS_MAIN(tst_chaoskill)
#include "tst_chaoskill.moc"
