// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/client/manager.h"
#include "libclient/client/socket.h"
#include "libclient/qml/qmlanswer.h"
#include "libclient/qml/qmlconnectionstate.h"

#include <QtCore/QDateTime>
#include <QtCore/QObject>
#include <QtCore/QUrl>
#include <QtCore/QVariantMap>
#include <QtQml/QJSValue>
#include <QtQml/QQmlEngine>
#include <QtQml/QQmlParserStatus>

#include <chrono>
#include <functional>
#include <memory>

namespace SocketIo
{

/// A namespace of a Socket.IO server for QML:
///
///     Socket {
///         url: "https://chat.example.org"; nsp: "/chat"; auth: ({ token: session.token })
///         onEventReceived: (name, args) => { if (name === "new-message") messages.append(args[0]) }
///     }
///
/// Everything it holds, and the connection, ends with the object. Thread: the engine's.
class QmlSocket
    : public QObject
    , public QQmlParserStatus
{
    Q_OBJECT
    QML_NAMED_ELEMENT(Socket)
    Q_INTERFACES(QQmlParserStatus)
    Q_PROPERTY(QUrl url READ url WRITE setUrl NOTIFY urlChanged FINAL)
    Q_PROPERTY(QString nsp READ nsp WRITE setNsp NOTIFY nspChanged FINAL)
    Q_PROPERTY(QString path READ path WRITE setPath NOTIFY pathChanged FINAL)
    Q_PROPERTY(QVariantMap auth READ auth WRITE setAuth NOTIFY authChanged FINAL)
    Q_PROPERTY(bool autoConnect READ autoConnect WRITE setAutoConnect NOTIFY autoConnectChanged FINAL)
    Q_PROPERTY(QStringList transports READ transports WRITE setTransports NOTIFY transportsChanged FINAL)
    /// A file of servers that are trusted by their fingerprint; without one they are while this lives.
    Q_PROPERTY(QString knownHosts READ knownHosts WRITE setKnownHosts NOTIFY knownHostsChanged FINAL)
    /// ms that an answer may take: callbacks are told "ack-timeout" then. From the next emit on.
    Q_PROPERTY(int ackTimeout READ ackTimeout WRITE setAckTimeout NOTIFY ackTimeoutChanged FINAL)
    Q_PROPERTY(SocketIo::QmlConnectionState::Value state READ state NOTIFY stateChanged FINAL)
    Q_PROPERTY(bool connected READ isConnected NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString socketId READ socketId NOTIFY stateChanged FINAL)
    Q_PROPERTY(QDateTime retryAt READ retryAt NOTIFY stateChanged FINAL)
    Q_PROPERTY(int attempt READ attempt NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString errorCode READ errorCode NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString errorMessage READ errorMessage NOTIFY stateChanged FINAL)
    /// "SHA256:AB:…" of the certificate that was not accepted: at a connect, which makes it Untrusted, or at
    /// an upgrade, after which it stays Online over long-polling. Empty otherwise.
    Q_PROPERTY(
        QString untrustedFingerprint READ untrustedFingerprint NOTIFY untrustedFingerprintChanged FINAL)
    Q_PROPERTY(int roundTrip READ roundTrip NOTIFY roundTripChanged FINAL) ///< ms; -1 while not measured
    Q_PROPERTY(int bufferedCount READ bufferedCount NOTIFY bufferedCountChanged FINAL)
public:
    explicit QmlSocket(QObject *parent = nullptr);
    ~QmlSocket() override;

    QUrl url() const { return m_url; }
    void setUrl(const QUrl &url); ///< another server, path or namespace ends the connection there was
    QString nsp() const { return m_nsp; }
    void setNsp(const QString &nsp);
    QString path() const { return m_options.path; }
    void setPath(const QString &path);
    QVariantMap auth() const { return m_auth; }
    void setAuth(const QVariantMap &auth); ///< sent with the next connect
    bool autoConnect() const { return m_autoConnect; }
    void setAutoConnect(bool autoConnect);
    QStringList transports() const { return m_options.transports; }
    void setTransports(const QStringList &transports);
    QString knownHosts() const { return m_knownHosts; }
    void setKnownHosts(const QString &path);
    int ackTimeout() const { return int(m_ackTimeout.count()); }
    void setAckTimeout(int milliseconds); ///< at least 1

    QmlConnectionState::Value state() const;
    bool isConnected() const;
    QString socketId() const;
    QDateTime retryAt() const;
    int attempt() const;
    QString errorCode() const;
    QString errorMessage() const;
    QString untrustedFingerprint() const;
    int roundTrip() const;
    int bufferedCount() const;

    Q_INVOKABLE void connectToServer();
    Q_INVOKABLE void disconnectFromServer();
    Q_INVOKABLE void reconnectNow();
    /// Trusts the server from now on and connects; the fingerprint is the one that was shown. False, and
    /// eventRefused says why, if it is not untrustedFingerprint any more or could not be kept.
    Q_INVOKABLE bool trustCertificate(const QString &fingerprint);

    /// Sends, or buffers while offline. `callback(error, args)` is called once: error is null, or an object
    /// with code and message. False if the event was refused; eventRefused says why.
    Q_INVOKABLE bool emitEvent(const QString &name, const QJSValue &arguments = {},
                               const QJSValue &callback = {});
    Q_INVOKABLE bool emitVolatile(const QString &name, const QJSValue &arguments = {});
    bool emitVolatile(const QString &name, const QVariantMap &payload);

    void classBegin() override { }
    void componentComplete() override;

Q_SIGNALS:
    void urlChanged();
    void nspChanged();
    void pathChanged();
    void authChanged();
    void autoConnectChanged();
    void transportsChanged();
    void knownHostsChanged();
    void ackTimeoutChanged();
    void stateChanged();
    void untrustedFingerprintChanged();
    void roundTripChanged();
    void bufferedCountChanged();
    void eventReceived(const QString &name, const QVariantList &args);
    void questionReceived(const QString &name, const QVariantList &args, SocketIo::QmlAnswer *answer);
    void joined(); ///< accepted by the server, at each connect
    void left(const QString &reason, const QString &message);
    void connectFailed(const QString &code, const QString &message, const QVariant &data);
    void eventRefused(const QString &code, const QString &message);

protected:
    using Answer = std::function<void(const Hubbub::Result<Arguments> &)>;
    /// An emit with ack for a type built upon this one; the answer comes unless this is gone by then.
    void ask(const QString &name, const Arguments &arguments, const Answer &answer);
    void forgetAnswers() { m_asking.reset(); } ///< first in the destructor of a type built upon this one

private:
    void rebuild();
    void receive(const Event &event);
    void call(const QJSValue &callback, const Hubbub::Result<Arguments> &result);

    QUrl m_url;
    QString m_nsp = QStringLiteral("/");
    QVariantMap m_auth;
    QString m_knownHosts;
    ManagerOptions m_options;
    std::chrono::milliseconds m_ackTimeout{10'000};
    bool m_autoConnect = true;
    bool m_complete = false;
    std::unique_ptr<QObject> m_asking = std::make_unique<QObject>(); ///< answers are of no use without it
    std::unique_ptr<Manager> m_manager;
    Socket *m_socket = nullptr; ///< owned by m_manager
};

} // namespace SocketIo
