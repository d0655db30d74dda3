// SPDX-License-Identifier: MIT
// The QML type, as a QML program uses it, on a real server.
#include "server-lite/core/server.h"
#include "server-lite/core/serversocket.h"

#include <QtCore/QPointer>
#include <QtQml/QQmlComponent>
#include <QtQml/QQmlEngine>
#include <QtQml/QQmlExtensionPlugin>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

Q_IMPORT_QML_PLUGIN(Hubbub_SocketIoPlugin)

using namespace Qt::StringLiterals;

namespace
{

constexpr auto program = R"(
import QtQml
import Hubbub.SocketIo

QtObject {
    id: root
    property url server
    property var log: []
    property bool online: socket.state === ConnectionState.Online
    property bool refused: socket.state === ConnectionState.Refused
    property Socket socket: Socket {
        url: root.server
        nsp: "/chat"
        auth: ({ token: "secret" })
        onJoined: root.log.push("joined")
        onLeft: reason => root.log.push("left " + reason)
        onConnectFailed: (code, message, data) => root.log.push("failed " + code + " " + data.hint)
        onEventReceived: (name, args) => root.log.push(name + " " + JSON.stringify(args))
        onQuestionReceived: (name, args, answer) => answer.send([args[0] + 1, new Uint8Array([1, 2]).buffer])
        onEventRefused: code => root.log.push("refused " + code)
    }
    function ask() {
        socket.emitEvent("echo", [1, "zwei", { drei: [true, null] }], (error, args) =>
            root.log.push("answer " + error + " " + JSON.stringify(args)))
    }
    function askNobody() { socket.emitEvent("disconnect", [], error => root.log.push("error " + error.code)) }
    function tellReserved() { return socket.emitEvent("disconnect") }
    function lines() { return root.log.join("\n") }
}
)";

} // namespace

class tst_qmlsocket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void connectsAndSpeaks();
    void answersQuestions();
    void isRefusedAndComesBack();
    void anotherUrlIsAnotherConnection();
    void endsWithItsObject();

private:
    QString lines() const
    {
        QVariant text;
        QMetaObject::invokeMethod(m_root.get(), "lines", Q_RETURN_ARG(QVariant, text));
        return text.toString();
    }
    bool is(const char *property) const { return m_root->property(property).toBool(); }

    std::unique_ptr<SocketIo::Server> m_server;
    QPointer<SocketIo::ServerSocket> m_peer;
    bool m_letIn = true;
    QStringList m_reasons;
    std::unique_ptr<QQmlEngine> m_engine;
    std::unique_ptr<QObject> m_root;
};

void tst_qmlsocket::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_letIn = true;
    m_reasons.clear();
    m_server = std::make_unique<SocketIo::Server>();
    SocketIo::Namespace *chat = m_server->of(u"/chat"_s);
    chat->use([this](SocketIo::ServerSocket &socket, const SocketIo::Next &next) {
        const bool knows = socket.handshake().auth.value(u"token"_s).toString() == "secret"_L1;
        if (m_letIn && knows)
            next(std::nullopt);
        else
            next(SocketIo::Refusal{u"Not now"_s, QCborMap{{u"hint"_s, u"later"_s}}});
    });
    connect(chat, &SocketIo::Namespace::connection, this, [this](SocketIo::ServerSocket *socket) {
        m_peer = socket;
        socket->on(u"echo"_s, this, [](const SocketIo::Event &event) { event.ack(event.arguments); });
        connect(socket, &SocketIo::ServerSocket::disconnected, this,
                [this](const QString &reason) { m_reasons += reason; });
    });
    QVERIFY(m_server->listen(QHostAddress::LocalHost));

    m_engine = std::make_unique<QQmlEngine>();
    m_engine->addImportPath(u":/qt/qml"_s);
    QQmlComponent component(m_engine.get());
    component.setData(program, QUrl(u"memory:program.qml"_s));
    QTRY_VERIFY(!component.isLoading());
    QVERIFY2(component.isReady(), qPrintable(component.errorString()));
    m_root.reset(component.createWithInitialProperties({{u"server"_s, m_server->url()}}));
    QVERIFY(m_root);
}

void tst_qmlsocket::cleanup()
{
    m_root.reset();
    m_engine.reset();
    m_server.reset();
}

void tst_qmlsocket::connectsAndSpeaks()
{
    QTRY_VERIFY(is("online"));
    QMetaObject::invokeMethod(m_root.get(), "ask");
    QTRY_COMPARE(lines(), u"joined\nanswer null [1,\"zwei\",{\"drei\":[true,null]}]"_s);
    m_peer->emitEvent(u"news"_s, 1, u"zwei"_s);
    QTRY_VERIFY(lines().endsWith("news [1,\"zwei\"]"_L1));
    QMetaObject::invokeMethod(m_root.get(), "askNobody");
    QTRY_VERIFY(lines().endsWith("error reserved-event"_L1));
    QVariant sent;
    QMetaObject::invokeMethod(m_root.get(), "tellReserved", Q_RETURN_ARG(QVariant, sent));
    QVERIFY(!sent.toBool());
    QVERIFY(lines().endsWith("refused reserved-event"_L1));
}

void tst_qmlsocket::answersQuestions()
{
    QTRY_VERIFY(m_peer);
    const auto answer = m_peer->emitWithAck(u"add"_s, {41});
    QTRY_VERIFY(answer.isFinished());
    QVERIFY(answer.result().has_value());
    QCOMPARE(answer.result()->toArray(), (QCborArray{42, QByteArray("\x01\x02")}));
}

void tst_qmlsocket::isRefusedAndComesBack()
{
    QTRY_VERIFY(is("online"));
    m_letIn = false;
    m_peer->disconnectSocket();
    QTRY_VERIFY(is("refused"));
    QVERIFY(lines().endsWith("left io server disconnect"_L1));
    auto *socket = m_root->property("socket").value<QObject *>();
    QMetaObject::invokeMethod(socket, "connectToServer");
    QTRY_VERIFY(lines().endsWith("failed connect-refused later"_L1));
    QCOMPARE(socket->property("errorCode").toString(), u"connect-refused"_s);
    m_letIn = true;
    QMetaObject::invokeMethod(socket, "connectToServer");
    QTRY_VERIFY(is("online"));
    QVERIFY(socket->property("connected").toBool());
    QCOMPARE(socket->property("socketId").toString(), m_peer->id());
}

void tst_qmlsocket::anotherUrlIsAnotherConnection()
{
    QTRY_VERIFY(is("online"));
    m_root->setProperty("server", QUrl());
    QVERIFY(!is("online"));
    QTRY_COMPARE(m_reasons.size(), 1);
    m_root->setProperty("server", m_server->url());
    QTRY_VERIFY(is("online"));
}

void tst_qmlsocket::endsWithItsObject()
{
    QTRY_VERIFY(is("online"));
    m_root.reset();
    QTRY_COMPARE(m_reasons, QStringList{u"client namespace disconnect"_s});
}

QTEST_GUILESS_MAIN(tst_qmlsocket)
#include "tst_qmlsocket.moc"
