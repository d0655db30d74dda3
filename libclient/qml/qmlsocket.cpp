// SPDX-License-Identifier: MIT
#include "libclient/qml/qmlsocket.h"

#include "libclient/qml/qmlvalues.h"
#include "libclient/transport/knownhosts.h"

#include <QtCore/QLoggingCategory>
#include <QtCore/QPointer>

using namespace Qt::StringLiterals;

namespace SocketIo
{

Q_LOGGING_CATEGORY(lcQml, "hubbub.client.qml", QtInfoMsg)

QmlSocket::QmlSocket(QObject *parent)
    : QObject(parent)
{
    m_options.autoConnect = false;
    connect(this, &QmlSocket::stateChanged, this, &QmlSocket::untrustedFingerprintChanged);
}

QmlSocket::~QmlSocket()
{
    forgetAnswers();
    if (m_socket)
        m_socket->disconnect(this);
}

void QmlSocket::setUrl(const QUrl &url)
{
    if (m_url == url)
        return;
    m_url = url;
    Q_EMIT urlChanged();
    rebuild();
}

void QmlSocket::setNsp(const QString &nsp)
{
    if (m_nsp == nsp)
        return;
    m_nsp = nsp;
    Q_EMIT nspChanged();
    rebuild();
}

void QmlSocket::setPath(const QString &path)
{
    if (m_options.path == path)
        return;
    m_options.path = path;
    Q_EMIT pathChanged();
    rebuild();
}

void QmlSocket::setTransports(const QStringList &transports)
{
    if (m_options.transports == transports)
        return;
    m_options.transports = transports;
    Q_EMIT transportsChanged();
    rebuild();
}

void QmlSocket::setKnownHosts(const QString &path)
{
    if (m_knownHosts == path)
        return;
    m_knownHosts = path;
    m_options.trustStore = path.isEmpty() ? nullptr : std::make_shared<EngineIo::KnownHosts>(path);
    Q_EMIT knownHostsChanged();
    rebuild();
}

void QmlSocket::setAckTimeout(int milliseconds)
{
    const std::chrono::milliseconds timeout(std::max(1, milliseconds));
    if (m_ackTimeout == timeout)
        return;
    m_ackTimeout = timeout;
    Q_EMIT ackTimeoutChanged();
}

void QmlSocket::setAuth(const QVariantMap &auth)
{
    if (m_auth == auth)
        return;
    m_auth = auth;
    Q_EMIT authChanged();
}

void QmlSocket::setAutoConnect(bool autoConnect)
{
    if (m_autoConnect == autoConnect)
        return;
    m_autoConnect = autoConnect;
    Q_EMIT autoConnectChanged();
}

QmlConnectionState::Value QmlSocket::state() const
{
    return m_socket ? QmlConnectionState::Value(m_socket->state()) : QmlConnectionState::Offline;
}
bool QmlSocket::isConnected() const
{
    return m_socket && m_socket->isConnected();
}
QString QmlSocket::socketId() const
{
    return m_socket ? m_socket->id() : QString();
}
QDateTime QmlSocket::retryAt() const
{
    return m_socket ? m_socket->retryAt() : QDateTime();
}
int QmlSocket::attempt() const
{
    return m_socket ? m_socket->attempt() : 0;
}
QString QmlSocket::errorCode() const
{
    return m_socket ? m_socket->lastError().code : QString();
}
QString QmlSocket::errorMessage() const
{
    return m_socket ? m_socket->lastError().message : QString();
}
QString QmlSocket::untrustedFingerprint() const
{
    const auto shown = m_manager ? m_manager->untrustedCertificate() : std::nullopt;
    return shown ? EngineIo::fingerprintText(shown->fingerprint) : QString();
}
int QmlSocket::bufferedCount() const
{
    return m_socket ? int(m_socket->bufferedCount()) : 0;
}

int QmlSocket::roundTrip() const
{
    return m_socket && m_socket->roundTrip() ? int(m_socket->roundTrip()->count()) : -1;
}

void QmlSocket::connectToServer()
{
    if (m_socket)
        m_socket->connectToServer();
}

void QmlSocket::disconnectFromServer()
{
    if (m_socket)
        m_socket->disconnectFromServer();
}

void QmlSocket::reconnectNow()
{
    if (m_manager)
        m_manager->reconnectNow();
}

bool QmlSocket::trustCertificate(const QString &fingerprint)
{
    const auto shown = m_manager ? m_manager->untrustedCertificate() : std::nullopt;
    if (!shown || EngineIo::fingerprintText(shown->fingerprint) != fingerprint) {
        Q_EMIT eventRefused(u"fingerprint-mismatch"_s,
                            u"This is not the certificate that the server showed last."_s);
        return false;
    }
    const Hubbub::Result<void> trusted = m_manager->trustCertificate(shown->fingerprint);
    if (trusted)
        Q_EMIT untrustedFingerprintChanged();
    else
        Q_EMIT eventRefused(trusted.error().code, trusted.error().message);
    return trusted.has_value();
}

void QmlSocket::ask(const QString &name, const Arguments &arguments, const Answer &answer)
{
    if (m_socket)
        m_socket->emitWithAck(name, arguments, m_ackTimeout)
            .then(this, [asking = QPointer(m_asking.get()), answer](const Hubbub::Result<Arguments> &result) {
                if (asking)
                    answer(result);
            });
}

bool QmlSocket::emitVolatile(const QString &name, const QVariantMap &payload)
{
    return m_socket && m_socket->emitVolatile(name, {QCborValue::fromVariant(payload)});
}

bool QmlSocket::emitEvent(const QString &name, const QJSValue &arguments, const QJSValue &callback)
{
    if (!m_socket) {
        Q_EMIT eventRefused(u"no-server"_s, u"There is no server to send this to: the url is empty."_s);
        return false;
    }
    const Arguments sent = argumentsFromScript(arguments);
    if (callback.isCallable()) {
        ask(name, sent,
            [this, callback](const Hubbub::Result<Arguments> &result) { call(callback, result); });
        return true;
    }
    const Hubbub::Result<void> accepted = m_socket->emitEvent(name, sent);
    if (!accepted)
        Q_EMIT eventRefused(accepted.error().code, accepted.error().message);
    return accepted.has_value();
}

bool QmlSocket::emitVolatile(const QString &name, const QJSValue &arguments)
{
    return m_socket && m_socket->emitVolatile(name, argumentsFromScript(arguments));
}

void QmlSocket::componentComplete()
{
    m_complete = true;
    rebuild();
}

void QmlSocket::rebuild()
{
    if (!m_complete)
        return;
    m_socket = nullptr;
    m_manager.reset();
    if (m_url.isEmpty()) {
        Q_EMIT stateChanged();
        return;
    }
    m_manager = std::make_unique<Manager>(m_url, m_options);
    m_socket = m_manager->socket(m_nsp);
    m_socket->setAuth(
        [this](const std::function<void(QCborMap)> &answer) { answer(QCborMap::fromVariantMap(m_auth)); });
    connect(m_manager.get(), &Manager::certificateRejected, this, &QmlSocket::untrustedFingerprintChanged);
    connect(m_socket, &Socket::stateChanged, this, &QmlSocket::stateChanged);
    connect(m_socket, &Socket::connected, this, &QmlSocket::joined);
    connect(m_socket, &Socket::roundTripChanged, this, &QmlSocket::roundTripChanged);
    connect(m_socket, &Socket::bufferedCountChanged, this, &QmlSocket::bufferedCountChanged);
    connect(m_socket, &Socket::disconnected, this,
            [this](const QString &reason, const Hubbub::Error &details) {
                Q_EMIT left(reason, details.message);
            });
    connect(m_socket, &Socket::connectError, this,
            [this](const Hubbub::Error &error, const QCborValue &data) {
                Q_EMIT connectFailed(error.code, error.message, data.toVariant());
            });
    m_socket->onAny(this, [this](const Event &event) { receive(event); });
    if (m_autoConnect)
        m_socket->connectToServer();
    Q_EMIT stateChanged();
}

void QmlSocket::receive(const Event &event)
{
    const QVariantList args = argumentsToScript(event.arguments);
    if (!event.ack.isRequested()) {
        Q_EMIT eventReceived(event.name, args);
        return;
    }
    auto *answer = new QmlAnswer(event.ack);
    if (QQmlEngine *engine = qmlEngine(this);
        engine && isSignalConnected(QMetaMethod::fromSignal(&QmlSocket::questionReceived))) {
        QQmlEngine::setObjectOwnership(answer, QQmlEngine::JavaScriptOwnership);
        Q_EMIT questionReceived(event.name, args, answer);
    } else {
        delete answer;
        Q_EMIT eventReceived(event.name, args);
    }
}

void QmlSocket::call(const QJSValue &callback, const Hubbub::Result<Arguments> &result)
{
    QQmlEngine *engine = qmlEngine(this);
    if (!engine)
        return;
    QJSValue error(QJSValue::NullValue);
    QJSValue args;
    if (result) {
        args = engine->toScriptValue(argumentsToScript(*result));
    } else {
        error = engine->newObject();
        error.setProperty(u"code"_s, result.error().code);
        error.setProperty(u"message"_s, result.error().message);
    }
    const QJSValue returned = callback.call({error, args});
    if (returned.isError())
        qCWarning(lcQml).noquote() << "an answer's callback failed:" << returned.toString();
}

} // namespace SocketIo
