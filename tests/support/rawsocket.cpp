// SPDX-License-Identifier: MIT
#include "tests/support/rawsocket.h"

#include <QtCore/QJsonDocument>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;

RawSocket::RawSocket(quint16 port, const QByteArray &path, QObject *parent)
    : QObject(parent)
{
    connect(&m_socket, &QWebSocket::textMessageReceived, this, [this](const QString &text) {
        receive({text.toUtf8(), false});
    });
    connect(&m_socket, &QWebSocket::binaryMessageReceived, this, [this](const QByteArray &data) {
        receive({data, true});
    });
    connect(&m_socket, &QWebSocket::disconnected, this, [this] { m_closed = true; });
    QUrl url;
    url.setScheme(u"ws"_s);
    url.setHost(u"127.0.0.1"_s);
    url.setPort(port);
    url.setPath(QString::fromLatin1(path));
    url.setQuery(u"EIO=4&transport=websocket"_s);
    m_socket.open(url);
}

RawSocket::~RawSocket()
{
    m_socket.disconnect(this);
}

bool RawSocket::open()
{
    const QByteArray text = nextText();
    if (!text.startsWith('0'))
        return false;
    m_handshake = QJsonDocument::fromJson(text.mid(1)).object();
    return true;
}

QString RawSocket::join(const QByteArray &nsp, const QByteArray &auth)
{
    if (m_handshake.isEmpty() && !open())
        return {};
    const QByteArray prefix = nsp == "/" ? QByteArray() : nsp + ',';
    send("40" + prefix + auth);
    const QByteArray reply = nextText();
    if (!reply.startsWith("40" + prefix))
        return {};
    return QJsonDocument::fromJson(reply.mid(2 + prefix.size())).object()["sid"_L1].toString();
}

void RawSocket::receive(Frame frame)
{
    if (m_answersPings && frame == Frame{"2", false}) {
        send("3");
        return;
    }
    m_frames.push_back(std::move(frame));
}

void RawSocket::send(const QByteArray &text)
{
    m_socket.sendTextMessage(QString::fromUtf8(text));
}

void RawSocket::sendBinary(const QByteArray &data)
{
    m_socket.sendBinaryMessage(data);
}

void RawSocket::close()
{
    m_socket.close();
}

void RawSocket::abort()
{
    m_socket.abort();
}

std::optional<RawSocket::Frame> RawSocket::next()
{
    (void)QTest::qWaitFor([this] { return !m_frames.empty() || m_closed; }, int(patience.count()));
    if (m_frames.empty())
        return std::nullopt;
    Frame frame = std::move(m_frames.front());
    m_frames.pop_front();
    return frame;
}

QByteArray RawSocket::nextText()
{
    const auto frame = next();
    return frame && !frame->binary ? frame->data : QByteArray();
}

bool RawSocket::waitForClose()
{
    return QTest::qWaitFor([this] { return m_closed; }, int(patience.count()));
}
