// SPDX-License-Identifier: MIT
#include "libclient/client/engine.h"
#include "tests/support/faketransport.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using EngineIo::Engine;

class tst_engine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void opensWithAHandshake();
    void badHandshakes_data();
    void badHandshakes();
    void answersPings();
    void missesTheHeartbeat();
    void pingsKeepItAlive();
    void noticesASleepBeforeSending();
    void hugeTimesAreHeldBack();
    void packetsWhileOpen_data();
    void packetsWhileOpen();
    void transportEnds_data();
    void transportEnds();
    void closesWithAGoodbye();
    void sizes_data();
    void sizes();
    void destroyedInAHandler_data();
    void destroyedInAHandler();

private:
    FakeTransport *m_transport = nullptr;
    std::unique_ptr<Engine> m_engine;
    std::chrono::milliseconds m_now{1'000};
};

void tst_engine::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    EngineIo::EngineOptions options;
    options.clock = [this] { return m_now; };
    options.transports = {u"fake"_s};
    options.makeTransport = [this](const QString &) {
        auto transport = std::make_unique<FakeTransport>();
        m_transport = transport.get();
        return transport;
    };
    options.makeRequest = [](const QString &, const QString &) { return QNetworkRequest(); };
    m_engine = std::make_unique<Engine>(options);
    m_engine->open();
}

void tst_engine::cleanup()
{
    m_engine.reset();
}

void tst_engine::opensWithAHandshake()
{
    QSignalSpy opened(m_engine.get(), &Engine::opened);
    QCOMPARE(m_engine->state(), Engine::State::Opening);
    m_transport->shakeHands(300, 200, 1'000);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(m_engine->state(), Engine::State::Open);
    QCOMPARE(m_engine->handshake().maxPayload, 1'000);
    m_engine->send({{"hello", false}, {"\x01", true}});
    QCOMPARE(m_transport->sent, (QByteArrayList{"4hello", "\x01"}));
}

void tst_engine::badHandshakes_data()
{
    QTest::addColumn<QByteArray>("packet");
    for (const char *packet :
         {"0", "0{}", "0null", "0[]", "0{\"sid\":1}", "0{\"sid\":\"a\",\"pingInterval\":-1}", "1", "2", "3",
          "40", "42[\"x\"]", "5", "6"})
        QTest::addRow("%s", packet) << QByteArray(packet);
}

void tst_engine::badHandshakes()
{
    QFETCH(QByteArray, packet);
    QSignalSpy opened(m_engine.get(), &Engine::opened);
    QSignalSpy closed(m_engine.get(), &Engine::closed);
    m_transport->receive(packet);
    QCOMPARE(closed.size(), 1);
    QCOMPARE(closed.at(0).at(0).toString(), u"parse error"_s);
    QCOMPARE(closed.at(0).at(1).value<Hubbub::Error>().code, u"parse-error"_s);
    QCOMPARE(opened.size(), 0);
    QVERIFY(m_transport->aborted);
}

void tst_engine::answersPings()
{
    m_transport->shakeHands();
    QSignalSpy pinged(m_engine.get(), &Engine::pinged);
    m_transport->receive("2");
    m_transport->receive("2probe");
    QCOMPARE(m_transport->sent, (QByteArrayList{"3", "3"}));
    QCOMPARE(pinged.size(), 2);
}

void tst_engine::missesTheHeartbeat()
{
    QSignalSpy closed(m_engine.get(), &Engine::closed);
    m_transport->shakeHands(20, 10);
    m_transport->receive("4x"); // only pings count
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(closed.at(0).at(0).toString(), u"ping timeout"_s);
    QCOMPARE(m_engine->state(), Engine::State::Closed);
}

void tst_engine::pingsKeepItAlive()
{
    QSignalSpy closed(m_engine.get(), &Engine::closed);
    m_transport->shakeHands(25'000, 20'000);
    m_now += 44'999ms;
    m_transport->receive("2");
    m_now += 45'000ms;
    QVERIFY(!m_engine->checkExpired());
    QCOMPARE(closed.size(), 0);
}

void tst_engine::noticesASleepBeforeSending()
{
    QSignalSpy closed(m_engine.get(), &Engine::closed);
    m_transport->shakeHands(25'000, 20'000);
    QVERIFY(!m_engine->checkExpired());
    m_now += 45'001ms; // the machine slept: the timer has not run
    QVERIFY(m_engine->checkExpired());
    QCOMPARE(closed.size(), 0); // never within the caller
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(closed.at(0).at(0).toString(), u"ping timeout"_s);
}

void tst_engine::hugeTimesAreHeldBack()
{
    QSignalSpy closed(m_engine.get(), &Engine::closed);
    m_transport->receive(
        R"(0{"sid":"a","upgrades":[],"pingInterval":9007199254740991,"pingTimeout":9007199254740991,)"
        R"("maxPayload":1000000})");
    if (m_engine->state() == Engine::State::Open) {
        QVERIFY(!m_engine->checkExpired());
        m_now += 48h + 1ms;
        QVERIFY(m_engine->checkExpired());
    } else {
        QCOMPARE(closed.size(), 1);
    }
}

void tst_engine::packetsWhileOpen_data()
{
    QTest::addColumn<QByteArray>("packet");
    QTest::addColumn<QString>("reason"); ///< empty: stays open
    QTest::newRow("a pong nobody asked for") << QByteArray("3") << QString();
    QTest::newRow("upgrade") << QByteArray("5") << QString();
    QTest::newRow("noop") << QByteArray("6") << QString();
    QTest::newRow("close") << QByteArray("1") << u"transport close"_s;
    QTest::newRow("open again") << QByteArray("0{}") << u"parse error"_s;
}

void tst_engine::packetsWhileOpen()
{
    QFETCH(QByteArray, packet);
    QFETCH(QString, reason);
    m_transport->shakeHands();
    QSignalSpy closed(m_engine.get(), &Engine::closed);
    m_transport->receive(packet);
    QCOMPARE(closed.size(), reason.isEmpty() ? 0 : 1);
    if (!reason.isEmpty())
        QCOMPARE(closed.at(0).at(0).toString(), reason);
}

void tst_engine::transportEnds_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("reason");
    QTest::newRow("close") << u"transport-close"_s << u"transport close"_s;
    QTest::newRow("error") << u"transport-error"_s << u"transport error"_s;
    QTest::newRow("parse") << u"parse-error"_s << u"parse error"_s;
    QTest::newRow("large") << u"message-too-large"_s << u"transport error"_s;
    QTest::newRow("refused") << u"connection-refused"_s << u"transport error"_s;
}

void tst_engine::transportEnds()
{
    QFETCH(QString, code);
    QFETCH(QString, reason);
    m_transport->shakeHands();
    QSignalSpy closed(m_engine.get(), &Engine::closed);
    m_transport->lose(code);
    m_transport->lose(code); // once is enough
    QCOMPARE(closed.size(), 1);
    QCOMPARE(closed.at(0).at(0).toString(), reason);
    QCOMPARE(closed.at(0).at(1).value<Hubbub::Error>().code, code);
    m_engine->send({{"x", false}});
    QVERIFY(m_transport->sent.isEmpty());
}

void tst_engine::closesWithAGoodbye()
{
    m_transport->shakeHands();
    QSignalSpy closed(m_engine.get(), &Engine::closed);
    m_engine->close();
    m_engine->close();
    QVERIFY(m_transport->closing);
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(closed.at(0).at(0).toString(), u"forced close"_s);
}

void tst_engine::sizes_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<bool>("binary");
    QTest::addColumn<bool>("fits");
    QTest::newRow("text that fits") << 99 << false << true;
    QTest::newRow("text and its digit do not") << 100 << false << false;
    QTest::newRow("binary that fits") << 100 << true << true;
    QTest::newRow("binary that does not") << 101 << true << false;
}

void tst_engine::sizes()
{
    QFETCH(int, size);
    QFETCH(bool, binary);
    QFETCH(bool, fits);
    const Hubbub::Result<void> checked =
        EngineIo::checkSize({{"x", false}, {QByteArray(size, 'x'), binary}}, 100);
    QCOMPARE(checked.has_value(), fits);
    if (!fits)
        QCOMPARE(checked.error().code, u"message-too-large"_s);
}

void tst_engine::destroyedInAHandler_data()
{
    QTest::addColumn<QByteArrayList>("packets");
    QTest::newRow("opened") << QByteArrayList{};
    QTest::newRow("message") << QByteArrayList{"4x"};
    QTest::newRow("ping") << QByteArrayList{"2"};
    QTest::newRow("closed") << QByteArrayList{"1"};
}

void tst_engine::destroyedInAHandler()
{
    QFETCH(QByteArrayList, packets);
    const auto destroy = [this] { m_engine.reset(); };
    if (packets.isEmpty())
        connect(m_engine.get(), &Engine::opened, this, destroy);
    struct Destroyer final : Engine::Receiver {
        std::function<void()> destroy;
        void messageReceived(const EngineIo::Message &) override { destroy(); }
    } destroyer;
    destroyer.destroy = destroy;
    m_engine->setReceiver(&destroyer);
    connect(m_engine.get(), &Engine::pinged, this, destroy);
    connect(m_engine.get(), &Engine::closed, this, destroy);
    m_transport->shakeHands();
    for (const QByteArray &packet : packets)
        m_transport->receive(packet);
    QVERIFY(!m_engine);
}

QTEST_GUILESS_MAIN(tst_engine)
#include "tst_engine.moc"
