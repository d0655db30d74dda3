// SPDX-License-Identifier: MIT
#pragma once

#include "app/host/hostlogmodel.h"
#include "app/host/hostpeoplemodel.h"
#include "app/host/hostthread.h"
#include "app/shell/serversession.h"

#include <QtCore/QDateTime>
#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtCore/QStringList>
#include <QtNetwork/QHostAddress>
#include <QtQml/qqmlregistration.h>

class QJSEngine;
class QQmlEngine;

namespace Hubbub::App
{

class Clipboard;
class Servers;

/// Hosts a room on the network from this program. Thread: GUI; the server runs on a thread of its own.
class HostController : public QObject
{
    Q_OBJECT
    QML_NAMED_ELEMENT(Host)
    QML_SINGLETON
    Q_PROPERTY(State state READ state NOTIFY stateChanged)
    Q_PROPERTY(QString roomName READ roomName NOTIFY roomNameChanged)
    Q_PROPERTY(int port READ port NOTIFY stateChanged)
    Q_PROPERTY(QStringList addresses READ addresses NOTIFY addressesChanged)
    Q_PROPERTY(QString url READ url NOTIFY addressesChanged)
    Q_PROPERTY(int people READ people NOTIFY peopleChanged)
    Q_PROPERTY(QString peopleText READ peopleText NOTIFY peopleChanged)
    Q_PROPERTY(QDateTime since READ since NOTIFY stateChanged)
    Q_PROPERTY(QString error READ error NOTIFY stateChanged)
    Q_PROPERTY(Hubbub::App::HostLogModel *log READ log CONSTANT)
    Q_PROPERTY(Hubbub::App::HostPeopleModel *peopleModel READ peopleModel CONSTANT)
    Q_PROPERTY(Hubbub::App::ServerSession *session READ session NOTIFY stateChanged)
public:
    enum State { Stopped, Starting, Running, Stopping, Failed };
    Q_ENUM(State)

    /// Where and how to host, other than a person's own room on all interfaces with its history kept in the
    /// profile.
    struct Plan {
        QHostAddress address = QHostAddress::Any;
        QString dataDir;
        QList<FixedRoom> rooms;
        QList<ChatUser> known; ///< people who get a token of their own, besides guests
    };

    HostController(const Profile &profile, Settings *settings, Servers *servers, Clipboard *clipboard,
                   QObject *parent);
    ~HostController() override;
    static HostController *create(QQmlEngine *engine, QJSEngine *);

    State state() const { return m_state; }
    QString roomName() const { return m_roomName; }
    int port() const { return m_port; } ///< the one in use, or of the last time
    QStringList addresses() const { return m_addresses; } ///< URLs, best first; empty unless running
    QString url() const { return m_addresses.value(0); }
    int people() const { return m_people->count(); }
    QString peopleText() const; ///< "7 people"
    int guests() const { return m_people->guestCount(); } ///< people besides the host
    QDateTime since() const { return m_since; }
    QString error() const { return m_error; }
    HostLogModel *log() const { return m_log; }
    HostPeopleModel *peopleModel() const { return m_people; }
    ServerSession *session() const; ///< null until hosted once
    void setPlan(const Plan &plan) { m_plan = plan; }

    /// Port 0: the one of the last time if it is free, else any.
    Q_INVOKABLE void start(const QString &roomName, int port = 0);
    Q_INVOKABLE void stop();
    Q_INVOKABLE void copyAddress();
    QString tokenFor(const QString &userId) const
    {
        return m_tokens.value(userId);
    } ///< of Plan::known, while running
    void startAgain() { start(m_roomName); }

Q_SIGNALS:
    void stateChanged();
    void roomNameChanged();
    void addressesChanged();
    void peopleChanged();

private:
    void launch(quint16 port);
    void started(const HostedServer &server);
    void failed(const Error &error);
    void stopped();
    void setState(State state, const QString &error = {});
    static QString sentence(const Error &error, quint16 port);

    Settings *m_settings;
    Servers *m_servers;
    Clipboard *m_clipboard;
    HostLogModel *m_log;
    HostPeopleModel *m_people;
    HostThread *m_thread;
    Plan m_plan;
    QPointer<ServerSession> m_session;
    State m_state = Stopped;
    QHash<QString, QString> m_tokens;
    QString m_roomName;
    QString m_error;
    QStringList m_addresses;
    QDateTime m_since;
    quint16 m_port = 0;
    quint16 m_tried = 0;
    bool m_mayFallBack = false; ///< the port was only remembered, not asked for
};

} // namespace Hubbub::App
