// SPDX-License-Identifier: MIT
#pragma once

#include "app/shell/serversession.h"

#include <QtCore/QAbstractListModel>
#include <QtQml/qqmlregistration.h>

class QJSEngine;
class QQmlEngine;

namespace Hubbub::App
{

class SecretStore;
class ServerNetwork;

/// The servers of the person, in the order they were added. Addresses and titles are kept in servers.ini,
/// tokens in the system's keychain, or nowhere if there is none. Thread: GUI.
class Servers : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(Hubbub::App::ServerSession *current READ current WRITE setCurrent NOTIFY currentChanged)
    Q_PROPERTY(QString lastError READ lastError NOTIFY lastErrorChanged)
    Q_PROPERTY(QString signInUrl READ signInUrl NOTIFY signInUrlChanged)
    Q_PROPERTY(int unread READ unread NOTIFY unreadChanged)
    Q_PROPERTY(int mentions READ mentions NOTIFY unreadChanged)
public:
    enum Role {
        SessionRole = Qt::UserRole + 1,
        TitleRole,
        InitialsRole,
        SlotRole,
        UnreadRole,
        MentionsRole,
        HostedRole,
        CurrentRole,
    };
    Q_ENUM(Role)

    Servers(const Profile &profile, Settings *settings, QObject *parent);
    ~Servers() override;
    static Servers *create(QQmlEngine *engine, QJSEngine *);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    int count() const { return int(m_sessions.size()); }
    const QList<ServerSession *> &sessions() const { return m_sessions; }
    ServerSession *current() const { return m_current; }
    void setCurrent(ServerSession *session);
    QString lastError() const { return m_lastError; }
    QString signInUrl() const
    {
        return m_signInUrl;
    } ///< where somebody wants to give a token; empty: nowhere
    int unread() const;
    int mentions() const;

    /// Connects to a server, and makes it the current one; one that is there already is used again. An empty
    /// token asks the server for a guest's. Null, and lastError(), for an address that is none.
    Q_INVOKABLE Hubbub::App::ServerSession *connectTo(const QString &url, const QString &token = {});
    /// Ends it and forgets its token; what waited to be sent, and who one was as a guest, stay on disk.
    Q_INVOKABLE void remove(Hubbub::App::ServerSession *session);
    Q_INVOKABLE void endSignIn()
    {
        setSignInUrl({});
    } ///< signInUrl() was answered, or nobody wants it any more

    void restore(); ///< those of the last time, connecting
    /// Adds the server that runs in this program, or brings it back, and makes it current.
    ServerSession *addHosted(const ServerSession::Place &place);
    void setAttentive(bool attentive); ///< somebody looks at the window

Q_SIGNALS:
    void countChanged();
    void currentChanged();
    void lastErrorChanged();
    void signInUrlChanged();
    void unreadChanged();
    void linksChanged(); ///< of any server
    void hostRequested(); ///< the person wants the hosted server online

private:
    ServerSession *add(const ServerSession::Place &place);
    void update(ServerSession *session, const QList<int> &roles);
    void store();
    void setLastError(const QString &error);
    void setSignInUrl(const QString &url);
    void keepToken(ServerSession *session, const QString &token);
    void bringToken(ServerSession *session);
    QString secretKey(const ServerSession *session) const;

    const Profile &m_profile;
    Settings *m_settings;
    ServerNetwork *m_network;
    SecretStore *m_secrets;
    QList<ServerSession *> m_sessions;
    ServerSession *m_current = nullptr;
    QString m_lastError;
    QString m_signInUrl;
    bool m_attentive = true;
};

} // namespace Hubbub::App
