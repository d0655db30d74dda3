// SPDX-License-Identifier: MIT
#pragma once

#include "app/shell/linkview.h"

#include <QtCore/QDateTime>
#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtQml/qqmlregistration.h>

namespace SocketIo
{
class Socket;
}

namespace Hubbub::App
{

/// The connection chip of one namespace: follows its socket and puts it into words. A blip under two seconds
/// shows no offline strip and is not spoken. Thread: GUI.
class LinkStatus : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a ServerSession or a ConsoleSession")
    Q_PROPERTY(QString kind READ kind NOTIFY changed)
    Q_PROPERTY(QString text READ text NOTIFY changed)
    Q_PROPERTY(QString action READ action NOTIFY changed)
    Q_PROPERTY(QString cause READ cause NOTIFY changed)
    Q_PROPERTY(QString spoken READ spoken NOTIFY spokenChanged)
    Q_PROPERTY(bool assertive READ isAssertive NOTIFY changed)
    Q_PROPERTY(bool isOnline READ isOnline NOTIFY changed)
    Q_PROPERTY(bool showOfflineStrip READ showOfflineStrip NOTIFY showOfflineStripChanged)
    Q_PROPERTY(QString sinceText READ sinceText NOTIFY changed)
public:
    explicit LinkStatus(QObject *parent = nullptr);

    /// Follows that socket from now on; null: none, which is offline.
    void watch(SocketIo::Socket *socket);
    void setHost(const QString &host);
    /// The sentence shown while Offline by our own doing.
    void setOfflineReason(const QString &reason, bool signInNeeded = false);
    /// The server's own words for a refusal, which the connection itself does not know: they came as an event
    /// before it.
    void setRefusal(const QString &message);

    const LinkFacts &facts() const { return m_facts; }
    void setFacts(const LinkFacts &facts);

    QString kind() const { return m_view.kind; }
    QString text() const { return m_view.text; }
    QString action() const { return actionText(m_view.action); }
    QString cause() const { return m_view.cause; }
    QString spoken() const { return m_spoken; }
    bool isAssertive() const { return m_view.assertive; }
    bool isOnline() const { return m_view.online; }
    bool showOfflineStrip() const { return m_strip; }
    QString sinceText() const; ///< "since 14:08": how long it has been so; empty before the first connection

    Q_INVOKABLE void activate(); ///< does what action() says
    Q_INVOKABLE void goOffline();
    Q_INVOKABLE void goOnline();

Q_SIGNALS:
    void changed();
    void spokenChanged();
    void showOfflineStripChanged();
    void onlineChanged(bool online);
    void signInRequested();
    void goOnlineRequested(); ///< by the person; the owner connects
    void goOfflineRequested();

private:
    void readSocket();
    void tick();
    void setStrip(bool strip);
    void speak(const QString &text);

    QPointer<SocketIo::Socket> m_socket;
    LinkFacts m_facts;
    LinkView m_view;
    QString m_refusal;
    QString m_spoken;
    QDateTime m_since;
    bool m_wasOnline = false;
    bool m_strip = false;
    QTimer m_stripDelay;
    QTimer m_countdown;
};

} // namespace Hubbub::App
