// SPDX-License-Identifier: MIT
#pragma once

#include "app/chat/chatsession.h"
#include "app/console/consolesession.h"
#include "app/shell/guesttoken.h"
#include "app/shell/linkstatus.h"
#include "app/shell/trustquestion.h"

#include <QtCore/QObject>
#include <QtCore/QUrl>
#include <QtQml/qqmlregistration.h>

namespace SocketIo
{
class Manager;
class Socket;
} // namespace SocketIo

namespace Hubbub::App
{

class GuestPasses;
class Profile;
class ServerNetwork;
class Settings;

/// One server: one connection, with the chat and the console on it. Thread: GUI.
class ServerSession : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by Servers.connectTo()")
    Q_PROPERTY(QString title READ title NOTIFY titleChanged)
    Q_PROPERTY(QString url READ urlText CONSTANT)
    Q_PROPERTY(bool hosted READ isHosted CONSTANT)
    Q_PROPERTY(QString initials READ initialsText NOTIFY titleChanged)
    Q_PROPERTY(int slot READ slotNumber NOTIFY titleChanged)
    Q_PROPERTY(Hubbub::App::LinkStatus *link READ link CONSTANT)
    Q_PROPERTY(Hubbub::App::ChatSession *chat READ chat CONSTANT)
    Q_PROPERTY(Hubbub::App::ConsoleSession *console READ console CONSTANT)
    Q_PROPERTY(Hubbub::App::TrustQuestion *trust READ trust CONSTANT)
    Q_PROPERTY(QString notice READ notice NOTIFY noticeChanged)
    Q_PROPERTY(int unread READ unread NOTIFY unreadChanged)
    Q_PROPERTY(int mentions READ mentions NOTIFY unreadChanged)
public:
    struct Place {
        QUrl url;
        QString title; ///< what it called itself last time; empty: the host's name stands in
        QString token; ///< empty: ask for a guest's
        bool hosted = false; ///< runs in this program
        bool account = false; ///< its token is in the keychain, and comes by setToken()
    };

    ServerSession(const Place &place, const Profile &profile, Settings *settings, ServerNetwork *network,
                  QObject *parent);
    ~ServerSession() override;

    QUrl url() const { return m_url; }
    QString urlText() const { return m_url.toString(); }
    QString title() const { return m_title; }
    void setTitle(const QString &title);
    QString hostTitle() const; ///< its address, as short as it goes: "host" or "host:port"
    bool isHosted() const { return m_hosted; }
    QString initialsText() const;
    int slotNumber() const;
    LinkStatus *link() const { return m_link; }
    ChatSession *chat() const { return m_chat; }
    ConsoleSession *console() const { return m_console; }
    TrustQuestion *trust() const { return m_trust; }
    int unread() const { return m_chat->unread(); }
    int mentions() const { return m_chat->mentions(); }

    void setToken(const QString &token); ///< of a person known there; used from the next attempt on
    bool isGuest() const { return m_isGuest; }
    void keepTokenOnceTaken(); ///< tokenTaken() follows, unless the server refuses the token
    bool isTokenKept() const { return m_tokenKept; } ///< in the keychain, for the next time
    void setTokenKept(const Result<void> &kept);
    bool hasToken() const { return !m_token.isEmpty(); }
    void waitForSignIn(const QString &reason); ///< offline until somebody signs in; `reason` is a sentence
    QString notice() const { return m_notice; } ///< a sentence the person should know; empty: none
    void setNotice(const QString &notice);
    Q_INVOKABLE void dismissNotice() { setNotice({}); }
    void goOnline();
    void
    goOffline(const QString &reason = {}); ///< ends the connection; `reason` is a sentence for the person
    SocketIo::Manager *manager() const { return m_manager; }

    /// The server's URL as it is used: scheme added, "ws" made "http", path and the like taken off; or why it
    /// is none.
    static Result<QUrl> readUrl(const QString &text);

Q_SIGNALS:
    void titleChanged();
    void titleTold(const QString &title); ///< the server says what it is called
    void noticeChanged();
    void unreadChanged();
    void tokenTaken(const QString &token); ///< the server let its bearer in: it is worth keeping
    void signInWanted(); ///< the person wants to give a token
    void goOnlineRequested(); ///< the person wants a hosted server back

private:
    void provideToken(const std::function<void(QCborMap)> &answer);
    void guestAnswered(const QString &name, const Result<GuestPass> &pass);
    bool isPassFresh() const;
    void connectionEnded();
    bool renewGuest();

    QUrl m_url;
    QString m_title;
    QString m_token;
    bool m_hosted;
    bool m_isGuest;
    bool m_renewed = false;
    bool m_keepToken = false;
    bool m_tokenKept = false;
    GuestPass m_pass; ///< of a guest; the one of an earlier run until the server was asked
    QString m_passName; ///< the name it was asked for
    QDateTime m_renewAt; ///< null: before the next use
    std::unique_ptr<GuestPasses> m_passes;
    QString m_refusal;
    QString m_notice;
    Settings *m_settings;
    ServerNetwork *m_network;
    SocketIo::Manager *m_manager;
    SocketIo::Socket *m_socket;
    LinkStatus *m_link;
    TrustQuestion *m_trust;
    ChatSession *m_chat;
    ConsoleSession *m_console;
};

} // namespace Hubbub::App
