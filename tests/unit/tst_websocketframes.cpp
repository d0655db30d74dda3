// SPDX-License-Identifier: MIT
// The frames the client reads and writes, down to the byte.
#include "libclient/protocol/websocketdecoder.h"
#include "libclient/transport/websocketclienttransport.h"
#include "tests/support/scriptedserver.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using EngineIo::WebSocketClientTransport;

namespace
{

EngineIo::TransportOptions atMost(qint64 bytes)
{
    EngineIo::TransportOptions options;
    options.maxMessageSize = bytes;
    return options;
}

/// Everything the client says, as the frames it is.
class ClientFrames
{
public:
    explicit ClientFrames(QTcpSocket *peer)
    {
        QObject::connect(peer, &QTcpSocket::readyRead, peer, [this, peer] {
            QByteArray bytes = peer->readAll();
            m_decoder.feed({bytes.data(), std::size_t(bytes.size())});
            for (;;) {
                const Hubbub::WebSocketItem item = m_decoder.next();
                if (item.kind == Hubbub::WebSocketItem::Kind::More)
                    return;
                kinds.append(item.kind);
                payloads.append(item.kind == Hubbub::WebSocketItem::Kind::Control ? unmasked(item.bytes)
                                                                                  : item.bytes.toByteArray());
            }
        });
    }

    QList<Hubbub::WebSocketItem::Kind> kinds;
    QByteArrayList payloads; ///< of a control frame, the first byte of the frame before it

private:
    static QByteArray unmasked(QByteArrayView frame)
    {
        const Hubbub::WebSocketFrameHeader header = Hubbub::readWebSocketFrameHeader(frame);
        QByteArray payload = frame.sliced(header.size).toByteArray();
        Hubbub::applyWebSocketMask({payload.data(), std::size_t(payload.size())}, header.mask);
        return frame.first(1).toByteArray() + payload;
    }

    Hubbub::WebSocketDecoder m_decoder{Hubbub::WebSocketDecoder::Peer::Client, 1'000'000};
};

} // namespace

class tst_websocketframes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void readsFramesHoweverTheyCome_data();
    void readsFramesHoweverTheyCome();
    void answersPings();
    void masksWhatItSends_data();
    void masksWhatItSends();
    void endsWithACode_data();
    void endsWithACode();
};

void tst_websocketframes::readsFramesHoweverTheyCome_data()
{
    QTest::addColumn<bool>("together"); ///< with the answer to the handshake
    QTest::addColumn<int>("piece"); ///< bytes a time
    QTest::newRow("in one piece with the handshake") << true << 1'000'000;
    QTest::newRow("in one piece") << false << 1'000'000;
    QTest::newRow("by the byte") << false << 1;
    QTest::newRow("by seven bytes") << false << 7;
}

void tst_websocketframes::readsFramesHoweverTheyCome()
{
    QFETCH(bool, together);
    QFETCH(int, piece);
    const QByteArray all = BytesServer::frame(0x81, "2") + BytesServer::frame(0x01, "4h\xc3")
                           + BytesServer::frame(0x89, "between") + BytesServer::frame(0x00, "\xa9")
                           + BytesServer::frame(0x80, "llo") + BytesServer::frame(0x82, "bytes")
                           + BytesServer::frame(0x8A, "unasked") + BytesServer::frame(0x81, "4")
                           + BytesServer::frame(0x81, "4" + QByteArray(300, 'x'));
    const QList<EngineIo::Packet> expected{{EngineIo::PacketType::Ping, {}, false},
                                           {EngineIo::PacketType::Message, "h\xc3\xa9llo", false},
                                           {EngineIo::PacketType::Message, "bytes", true},
                                           {EngineIo::PacketType::Message, {}, false},
                                           {EngineIo::PacketType::Message, QByteArray(300, 'x'), false}};
    BytesServer server;
    server.onUpgraded = [&](QTcpSocket *peer) {
        for (qsizetype at = 0; at < all.size() && !together; at += piece) {
            peer->write(all.mid(at, piece));
            peer->flush();
        }
    };
    if (together)
        server.together = all;
    WebSocketClientTransport transport(atMost(1'000));
    QSignalSpy opened(&transport, &WebSocketClientTransport::opened);
    QList<EngineIo::Packet> received;
    connect(&transport, &WebSocketClientTransport::packetReceived, this, [&](const EngineIo::Packet &packet) {
        QCOMPARE(opened.size(), 1);
        received.append(packet);
    });
    transport.open(QNetworkRequest(server.url()));
    QTRY_COMPARE(received.size(), expected.size());
    QVERIFY(received == expected);
}

void tst_websocketframes::answersPings()
{
    BytesServer server;
    std::optional<ClientFrames> said;
    server.onUpgraded = [&](QTcpSocket *peer) {
        said.emplace(peer);
        peer->write(BytesServer::frame(0x89, "are you there") + BytesServer::frame(0x89, {}));
    };
    WebSocketClientTransport transport(atMost(1'000));
    transport.open(QNetworkRequest(server.url()));
    QTRY_VERIFY(said && said->payloads.size() == 2);
    QCOMPARE(said->payloads, (QByteArrayList{"\x8a"
                                             "are you there",
                                             "\x8a"}));
}

void tst_websocketframes::masksWhatItSends_data()
{
    QTest::addColumn<qsizetype>("size"); // the length is written in three ways
    for (const qsizetype size : {0, 1, 124, 125, 126, 65'534, 65'535, 65'536})
        QTest::addRow("%d", int(size)) << size;
}

void tst_websocketframes::masksWhatItSends()
{
    QFETCH(qsizetype, size);
    const QByteArray data(size, 'x');
    BytesServer server;
    std::optional<ClientFrames> said;
    server.onUpgraded = [&](QTcpSocket *peer) { said.emplace(peer); };
    WebSocketClientTransport transport(atMost(1'000));
    connect(&transport, &WebSocketClientTransport::opened, this, [&] {
        transport.send({EngineIo::PacketType::Message, data, false});
        transport.send({EngineIo::PacketType::Message, data, true});
    });
    transport.open(QNetworkRequest(server.url()));
    QTRY_VERIFY(said && said->payloads.size() == 2);
    using Kind = Hubbub::WebSocketItem::Kind;
    QCOMPARE(said->kinds, (QList<Kind>{Kind::Text, Kind::Binary})); // the decoder refuses what is not masked
    QVERIFY(said->payloads == (QByteArrayList{"4" + data, data}));
}

void tst_websocketframes::endsWithACode_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("code");
    QTest::addColumn<int>("closeCode"); ///< that the peer is told
    const auto close = [](int code, const QByteArray &reason = {}) {
        return BytesServer::frame(0x88, QByteArray().append(char(code >> 8)).append(char(code)) + reason);
    };
    QTest::newRow("goodbye") << close(1000, "bye") << u"transport-close"_s << 1000;
    QTest::newRow("goodbye without a code") << BytesServer::frame(0x88, {}) << u"transport-close"_s << 1000;
    QTest::newRow("going away") << close(1001) << u"transport-close"_s << 1001;
    QTest::newRow("an application's code") << close(4000) << u"transport-close"_s << 4000;
    QTest::newRow("too big for the server") << close(1009) << u"message-too-large"_s << 1009;
    QTest::newRow("half a code") << BytesServer::frame(0x88, "x") << u"parse-error"_s << 1002;
    QTest::newRow("a code for nobody") << close(1006) << u"parse-error"_s << 1002;
    QTest::newRow("a reason that is not UTF-8") << close(1000, "\xff") << u"parse-error"_s << 1007;
    QTest::newRow("text that is not UTF-8") << BytesServer::frame(0x81, "4\xff") << u"parse-error"_s << 1007;
    QTest::newRow("a masked frame") << QByteArray("\x81\x81"
                                                  "mask"
                                                  "x")
                                    << u"parse-error"_s << 1002;
    QTest::newRow("a reserved bit") << BytesServer::frame(0xC1, "2") << u"parse-error"_s << 1002;
    QTest::newRow("too big for us") << BytesServer::frame(0x82, QByteArray(1'001, 'x'))
                                    << u"message-too-large"_s << 1009;
}

void tst_websocketframes::endsWithACode()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, closeCode);
    BytesServer server;
    std::optional<ClientFrames> said;
    server.onUpgraded = [&](QTcpSocket *peer) {
        said.emplace(peer);
        peer->write(bytes + BytesServer::frame(0x81, "2")); // what comes after the end is nobody's
    };
    WebSocketClientTransport transport(atMost(1'000));
    QSignalSpy closed(&transport, &WebSocketClientTransport::closed);
    QSignalSpy packets(&transport, &WebSocketClientTransport::packetReceived);
    transport.open(QNetworkRequest(server.url()));
    QTRY_COMPARE(closed.size(), 1);
    QTEST(closed.at(0).at(0).value<Hubbub::Error>().code, "code");
    QTRY_COMPARE(said->payloads.size(), 1);
    QCOMPARE(said->payloads.at(0).first(3),
             QByteArray("\x88").append(char(closeCode >> 8)).append(char(closeCode)));
    QCOMPARE(packets.size(), 0);
}

QTEST_GUILESS_MAIN(tst_websocketframes)
#include "tst_websocketframes.moc"
