// SPDX-License-Identifier: MIT
// The examples of docs/qml.md, each as it stands there, on a real server.
#include "libclient/qml/qmlchatsocket.h"
#include "libclient/transport/servercertificate.h"
#include "tests/support/testcertificate.h"
#include "tests/unit/chattest.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QTemporaryDir>
#include <QtGui/QGuiApplication>
#include <QtNetwork/QSslCertificate>
#include <QtQml/QQmlComponent>
#include <QtQml/QQmlEngine>
#include <QtQml/QQmlExpression>
#include <QtQml/QQmlExtensionPlugin>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

Q_IMPORT_QML_PLUGIN(Hubbub_SocketIoPlugin)

using SocketIo::Event;
using SocketIo::ServerSocket;

class tst_qmlexamples
    : public QObject
    , private ChatTest
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void events();
    void acks();
    void state();
    void authentication();
    void certificate();
    void chat();

private:
    /// A server that does what the examples want of it.
    std::unique_ptr<SocketIo::Server> serve(const SocketIo::ServerOptions &options = {});
    void load(const QString &file, const QVariantMap &properties);
    QVariant call(const QString &expression)
    {
        return QQmlExpression(qmlContext(m_example.get()), m_example.get(), expression).evaluate();
    }
    QVariant value(const char *property) const { return m_example->property(property); }
    static QUrl urlOf(const SocketIo::Server &server, const QString &scheme = u"http"_s)
    {
        return QUrl(u"%1://127.0.0.1:%2"_s.arg(scheme).arg(server.port()));
    }

    QPointer<ServerSocket> m_peer;
    QStringList m_said;
    int m_left = 0;
    std::unique_ptr<QQmlEngine> m_engine;
    std::unique_ptr<QObject> m_example;
};

void tst_qmlexamples::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_said.clear();
    m_left = 0;
    m_engine = std::make_unique<QQmlEngine>();
    m_engine->addImportPath(u":/qt/qml"_s);
}

void tst_qmlexamples::cleanup()
{
    m_example.reset();
    m_engine.reset();
    close();
}

std::unique_ptr<SocketIo::Server> tst_qmlexamples::serve(const SocketIo::ServerOptions &options)
{
    auto made = std::make_unique<SocketIo::Server>(options);
    made->of(u"/guarded"_s)->use([](ServerSocket &socket, const SocketIo::Next &next) {
        if (socket.handshake().auth.value(u"token"_s).toString() == "good"_L1)
            next(std::nullopt);
        else
            next(SocketIo::Refusal{u"Invalid token"_s, QCborMap{{u"hint"_s, u"sign in again"_s}}});
    });
    connect(made->sockets(), &SocketIo::Namespace::connection, this, [this](ServerSocket *socket) {
        m_peer = socket;
        socket->on(u"say"_s, this, [this](const QString &text, const QCborMap &) { m_said += text; });
        socket->on(u"ask"_s, this,
                   [](const QString &question, const SocketIo::Ack &ack) { ack({question.toUpper()}); });
        connect(socket, &ServerSocket::disconnected, this, [this] { ++m_left; });
    });
    if (!made->listen(QHostAddress::LocalHost))
        QTest::qFail("the server does not listen", __FILE__, __LINE__);
    return made;
}

void tst_qmlexamples::load(const QString &file, const QVariantMap &properties)
{
    QQmlComponent component(m_engine.get(), QUrl::fromLocalFile(u"" HUBBUB_QML_EXAMPLES "/"_s + file));
    QTRY_VERIFY(!component.isLoading());
    QVERIFY2(component.isReady(), qPrintable(component.errorString()));
    m_example.reset(component.createWithInitialProperties(properties));
    QVERIFY(m_example);
}

void tst_qmlexamples::events()
{
    const auto peer = serve();
    load(u"Events.qml"_s, {{u"server"_s, urlOf(*peer)}});
    for (const QString &text : {u"one"_s, u"two"_s}) // before the connection stands
        call(u"say('%1')"_s.arg(text));
    QTRY_COMPARE(m_said, (QStringList{u"one"_s, u"two"_s}));
    m_peer->emitEvent(u"news"_s, QCborMap{{u"title"_s, u"It rains"_s}});
    QTRY_COMPARE(value("headlines").value<QJSValue>().toVariant().toStringList(), QStringList{u"It rains"_s});
    m_example.reset();
    QTRY_COMPARE(m_left, 1);
}

void tst_qmlexamples::acks()
{
    const auto peer = serve();
    load(u"Acks.qml"_s, {{u"server"_s, urlOf(*peer)}});
    call(u"ask('why')"_s);
    QTRY_COMPARE(value("answer").toString(), u"WHY"_s);
    const auto sum = m_peer->emitWithAck(u"add"_s, {2, 3});
    QTRY_VERIFY(sum.isFinished());
    QVERIFY(sum.result());
    QCOMPARE(sum.result()->toArray(), QCborArray{5});
}

void tst_qmlexamples::state()
{
    auto peer = serve();
    const quint16 port = peer->port();
    load(u"State.qml"_s, {{u"server"_s, urlOf(*peer)}});
    QCOMPARE(value("text").toString(), u"offline"_s);
    call(u"goOnline()"_s);
    QCOMPARE(value("text").toString(), u"connecting"_s);
    QTRY_COMPARE(value("text").toString(), u"online"_s);
    peer.reset();
    QTRY_VERIFY(value("text").toString().startsWith("trying again at "_L1));
    SocketIo::Server again;
    again.of(u"/"_s);
    QVERIFY(again.listen(QHostAddress::LocalHost, port));
    call(u"retryNow()"_s);
    QTRY_COMPARE(value("text").toString(), u"online"_s);
    call(u"goOffline()"_s);
    QCOMPARE(value("text").toString(), u"offline"_s);
}

void tst_qmlexamples::authentication()
{
    const auto peer = serve();
    load(u"Auth.qml"_s, {{u"server"_s, urlOf(*peer)}, {u"token"_s, u"old"_s}});
    QTRY_COMPARE(value("reason").toString(), u"sign in again"_s);
    call(u"signIn('good')"_s);
    QTRY_VERIFY(value("socket").value<QObject *>()->property("connected").toBool());
    QCOMPARE(value("reason").toString(), QString());
}

void tst_qmlexamples::certificate()
{
    const QSslConfiguration identity = testCertificate();
    SocketIo::ServerOptions options;
    options.engine.tls = identity;
    const auto peer = serve(options);
    const QTemporaryDir folder;
    const QVariantMap properties{{u"server"_s, urlOf(*peer, u"https"_s)},
                                 {u"knownHosts"_s, folder.filePath(u"known_hosts"_s)}};
    load(u"Certificate.qml"_s, properties);
    QTRY_VERIFY(value("asks").toBool());
    QVERIFY(value("problem").toString().contains("could not prove"_L1));
    const QString fingerprint =
        EngineIo::fingerprintText(identity.localCertificate().digest(QCryptographicHash::Sha256));
    QCOMPARE(value("fingerprint").toString(), fingerprint);
    QVERIFY(!call(u"trust('SHA256:00')"_s).toBool());
    QVERIFY(call(u"trust('%1')"_s.arg(fingerprint)).toBool());
    QTRY_VERIFY(m_peer);
    load(u"Certificate.qml"_s, properties); // after a restart
    QTRY_COMPARE(m_left, 1);
    QTRY_VERIFY(value("socket").value<QObject *>()->property("connected").toBool());
    QVERIFY(!value("asks").toBool());
}

void tst_qmlexamples::chat()
{
    open();
    auto [guest, name] = this->guest(u"g1"_s, u"Tim"_s);
    QVERIFY(guest);
    load(u"Chat.qml"_s, {{u"server"_s, urlOf(*server)}, {u"token"_s, token(u"u_mara"_s, u"Mara"_s)}});
    auto *chat = value("chat").value<SocketIo::QmlChatSocket *>();
    QVERIFY(chat);
    QTRY_COMPARE(chat->currentRoom(), u"lobby"_s);
    QVERIFY(chat->isAuthenticated());
    QCOMPARE(chat->username(), u"Mara"_s);
    chat->sendMessage(u"<b>hello</b>"_s);
    QTRY_COMPARE(chat->messages()->count(), 1);
    QCOMPARE(chat->messages()->get(0).value(u"content"_s).toString(), u"<b>hello</b>"_s);
    QTRY_COMPARE(chat->pendingCount(), 0);
    QCOMPARE(guest->payload(u"new-message"_s)["content"_L1].toString(), u"<b>hello</b>"_s);
    guest->emitEvent(u"start-typing"_s, lobby);
    QTRY_COMPARE(value("typing").toString(), name);
    QCOMPARE(codeOf(guest->call(u"send-message"_s, message(u"hi"_s))), u"success"_s);
    QTRY_COMPARE(chat->messages()->count(), 2);
    QCOMPARE(value("typing").toString(), QString());
    m_example.reset();
    QTRY_COMPARE(gateway->peopleCount(), 1);
}

QTEST_MAIN(tst_qmlexamples)
#include "tst_qmlexamples.moc"
