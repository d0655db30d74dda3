// SPDX-License-Identifier: MIT
#include "app/shell/serversession.h"

#include "app/shell/guestpasses.h"
#include "app/shell/identity.h"
#include "app/shell/profile.h"
#include "app/shell/servernetwork.h"
#include "app/shell/servertitle.h"
#include "app/shell/settings.h"
#include "libclient/client/manager.h"
#include "libclient/client/socket.h"

#include <QtCore/QCryptographicHash>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using SocketIo::ConnectionState;

namespace
{

SocketIo::ManagerOptions options(const std::shared_ptr<ProfileTrust> &trust)
{
    SocketIo::ManagerOptions options;
    options.trustStore = trust;
    options.autoConnect = false;
    options.reconnectionDelay = 1s;
    options.reconnectionDelayMax = 30s;
    options.randomizationFactor = 0.5;
    return options;
}

/// Names the files of a server. A hosted one keeps its files whatever its port is.
QString fileKey(const ServerSession::Place &place)
{
    if (place.hosted)
        return u"hosted"_s;
    const QByteArray hash = QCryptographicHash::hash(place.url.toEncoded(), QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.toHex().left(16));
}

/// Its name in the trust store; none without TLS, where nothing is shown that could be trusted.
QString trustedAs(const QUrl &url)
{
    return url.scheme() == "https"_L1 ? EngineIo::trustedName(url) : QString();
}

} // namespace

ServerSession::ServerSession(const Place &place, const Profile &profile, Settings *settings,
                             ServerNetwork *network, QObject *parent)
    : QObject(parent)
    , m_url(place.url)
    , m_title(place.title.isEmpty() ? hostTitle() : place.title)
    , m_token(place.token)
    , m_hosted(place.hosted)
    , m_isGuest(place.token.isEmpty() && !place.account)
    , m_passes(std::make_unique<GuestPasses>(profile.file(u"guests.json"_s)))
    , m_settings(settings)
    , m_network(network)
    , m_manager(new SocketIo::Manager(place.url, options(network->trust()), this))
    , m_socket(m_manager->socket(u"/chat"_s))
    , m_link(new LinkStatus(this))
    , m_trust(new TrustQuestion(m_socket, trustedAs(place.url), network->trust(), this))
    , m_chat(new ChatSession(m_socket, profile.file(u"outbox-%1.sqlite"_s.arg(fileKey(place))),
                             profile.file(u"rooms-%1.ini"_s.arg(fileKey(place))), this))
    , m_console(new ConsoleSession(m_manager, this))
{
    m_pass = m_passes->find(m_url);
    m_chat->assumeIdentity(m_isGuest && !m_pass.userId.isEmpty() ? m_pass.userId : settings->userId(),
                           settings->displayName());
    m_link->setHost(hostTitle());
    m_link->watch(m_socket);
    m_console->setHost(hostTitle());
    m_socket->setAuth([this](const std::function<void(QCborMap)> &answer) { provideToken(answer); });

    connect(m_chat, &ChatSession::refusedByServer, this, [this](const QString &message) {
        m_refusal = message;
        m_link->setRefusal(message);
    });
    connect(m_chat, &ChatSession::onlineChanged, this, [this] {
        m_renewed = m_renewed && !m_chat->isOnline();
        if (m_chat->isOnline() && std::exchange(m_keepToken, false))
            Q_EMIT tokenTaken(m_token);
        if (m_chat->isOnline() && !m_hosted)
            requestServerTitle(m_network, m_url, this,
                               [this](const QString &title) { Q_EMIT titleTold(title); });
    });
    connect(m_socket, &SocketIo::Socket::disconnected, this, &ServerSession::connectionEnded);
    connect(m_socket, &SocketIo::Socket::connectError, this, &ServerSession::connectionEnded);
    connect(m_chat, &ChatSession::unreadChanged, this, &ServerSession::unreadChanged);
    connect(m_link, &LinkStatus::goOnlineRequested, this, [this] {
        if (m_hosted && m_link->facts().state == ConnectionState::Offline)
            Q_EMIT goOnlineRequested();
        else
            goOnline();
    });
    connect(m_link, &LinkStatus::goOfflineRequested, this, [this] { goOffline(); });
    connect(m_trust, &TrustQuestion::declined, this,
            [this] { goOffline(tr("You did not connect, because this server is not trusted.")); });
    connect(m_trust, &TrustQuestion::forgotten, this,
            [this] { goOffline(tr("Its certificate is forgotten. Go online to decide anew.")); });
    connect(m_trust, &TrustQuestion::unkept, this, &ServerSession::setNotice);
    connect(m_link, &LinkStatus::signInRequested, this, [this] {
        if (!m_isGuest || m_pass.token.isEmpty())
            return Q_EMIT signInWanted();
        m_renewAt = {};
        goOnline();
    });
}

ServerSession::~ServerSession()
{
    // The chat and the console lean on the sockets, which the manager owns.
    delete m_console;
    delete m_chat;
    delete m_trust;
    delete m_link;
}

void ServerSession::setTitle(const QString &title)
{
    if (title.isEmpty() || m_title == title)
        return;
    m_title = title;
    Q_EMIT titleChanged();
}

QString ServerSession::hostTitle() const
{
    return m_url.port() < 0 ? m_url.host() : u"%1:%2"_s.arg(m_url.host()).arg(m_url.port());
}

QString ServerSession::initialsText() const
{
    return initials(m_title);
}

int ServerSession::slotNumber() const
{
    return nameSlot(m_hosted ? m_title : m_url.authority()); // a hosted one's port may change
}

void ServerSession::setToken(const QString &token)
{
    m_token = token;
    m_isGuest = token.isEmpty();
}

void ServerSession::waitForSignIn(const QString &reason)
{
    m_socket->disconnectFromServer();
    m_link->setOfflineReason(reason, true);
}

/// A keychain may ask for a password of its own, and takes the keyboard for it: not for a token that opens
/// nothing.
void ServerSession::keepTokenOnceTaken()
{
    m_keepToken = true;
}

void ServerSession::setTokenKept(const Result<void> &kept)
{
    m_tokenKept = kept.has_value();
    setNotice(kept ? QString()
                   : tr("%1 Hubbub forgets your sign-in here when it is closed.").arg(kept.error().message));
}

void ServerSession::setNotice(const QString &notice)
{
    if (m_notice == notice)
        return;
    m_notice = notice;
    Q_EMIT noticeChanged();
}

void ServerSession::goOnline()
{
    m_refusal.clear();
    m_link->setOfflineReason({});
    m_socket->connectToServer();
}

void ServerSession::goOffline(const QString &reason)
{
    m_link->setOfflineReason(reason);
    m_console->setActive(false);
    m_socket->disconnectFromServer();
}

void ServerSession::provideToken(const std::function<void(QCborMap)> &answer)
{
    const auto answerWith = [answer](const QString &token) {
        // Without a token the server itself says what it wants.
        answer(token.isEmpty() ? QCborMap() : QCborMap{{u"token"_s, token}});
    };
    if (!m_isGuest || isPassFresh())
        return answerWith(m_isGuest ? m_pass.token : m_token);
    const QString name = m_settings->displayName();
    requestGuestPass(m_network, m_url, name, m_pass.token, this, [this, name, answerWith](const auto &pass) {
        guestAnswered(name, pass);
        answerWith(m_pass.token);
    });
}

void ServerSession::guestAnswered(const QString &name, const Result<GuestPass> &pass)
{
    if (!pass)
        return;
    m_pass = *pass;
    m_passName = name;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QDateTime end = m_pass.expiresAt();
    m_renewAt = end.isNull() ? now.addDays(1) : now.addSecs(now.secsTo(end) / 2);
    m_passes->keep(m_url, m_pass);
    if (!m_pass.userId.isEmpty())
        m_chat->assumeIdentity(m_pass.userId, m_pass.username);
}

bool ServerSession::isPassFresh() const
{
    return m_passName == m_settings->displayName() && m_renewAt.isValid()
           && QDateTime::currentDateTimeUtc() < m_renewAt;
}

void ServerSession::connectionEnded()
{
    if (m_socket->state() == ConnectionState::Refused && renewGuest())
        QTimer::singleShot(0, this, &ServerSession::goOnline);
}

/// A guest's token ends when the server forgets its secret or time runs out; a new one costs nobody anything.
bool ServerSession::renewGuest()
{
    const Error error = m_refusal.isEmpty() ? m_socket->lastError() : Error{u"refused"_s, m_refusal, {}};
    if (!m_isGuest || m_pass.token.isEmpty() || m_renewed || !isAboutSigningIn(error))
        return false;
    m_renewed = true;
    m_renewAt = {};
    return true;
}

Result<QUrl> ServerSession::readUrl(const QString &text)
{
    QString written = text.trimmed();
    if (!written.contains("://"_L1))
        written.prepend("http://"_L1);
    QUrl url(written, QUrl::StrictMode);
    if (url.scheme() == "ws"_L1)
        url.setScheme(u"http"_s);
    if (url.scheme() == "wss"_L1)
        url.setScheme(u"https"_s);
    const bool isWeb = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
    if (!url.isValid() || !isWeb || url.host().isEmpty() || url.port() == 0)
        return failure(u"bad-url"_s,
                       tr("This is not an address Hubbub can use. It looks like 192.168.1.20:8080 or "
                          "https://chat.example.org."),
                       text);
    QUrl clean;
    clean.setScheme(url.scheme());
    clean.setHost(url.host());
    clean.setPort(url.port());
    return clean;
}

} // namespace Hubbub::App
