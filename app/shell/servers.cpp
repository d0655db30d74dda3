// SPDX-License-Identifier: MIT
#include "app/shell/servers.h"

#include "app/shell/application.h"
#include "app/shell/profile.h"
#include "app/shell/secretstore.h"
#include "app/shell/servernetwork.h"
#include "app/shell/sessionlist.h"
#include "app/shell/settings.h"

#include <QtCore/QSettings>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

Servers::Servers(const Profile &profile, Settings *settings, QObject *parent)
    : QAbstractListModel(parent)
    , m_profile(profile)
    , m_settings(settings)
    , m_network(new ServerNetwork(std::make_shared<ProfileTrust>(profile.file(u"known_hosts"_s)), this))
    , m_secrets(new SecretStore(this))
{
}

Servers::~Servers()
{
    m_current = nullptr;
    qDeleteAll(std::exchange(m_sessions, {}));
}

Servers *Servers::create(QQmlEngine *engine, QJSEngine *)
{
    return Application::of(engine)->forQml(Application::of(engine)->servers());
}

int Servers::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant Servers::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    ServerSession *session = m_sessions.at(index.row());
    switch (role) {
    case SessionRole:
        return QVariant::fromValue(session);
    case Qt::DisplayRole:
    case TitleRole:
        return session->title();
    case InitialsRole:
        return session->initialsText();
    case SlotRole:
        return session->slotNumber();
    case UnreadRole:
        return session->unread();
    case MentionsRole:
        return session->mentions();
    case HostedRole:
        return session->isHosted();
    case CurrentRole:
        return session == m_current;
    default:
        return {};
    }
}

QHash<int, QByteArray> Servers::roleNames() const
{
    return {{SessionRole, "session"}, {TitleRole, "title"},    {InitialsRole, "initials"},
            {SlotRole, "slot"},       {UnreadRole, "unread"},  {MentionsRole, "mentions"},
            {HostedRole, "hosted"},   {CurrentRole, "current"}};
}

void Servers::setCurrent(ServerSession *session)
{
    if (m_current == session || (session && !m_sessions.contains(session)))
        return;
    ServerSession *former = std::exchange(m_current, session);
    for (ServerSession *changed : {former, session}) {
        if (changed)
            update(changed, {CurrentRole});
    }
    for (ServerSession *other : m_sessions)
        other->chat()->setAttentive(m_attentive && other == m_current);
    Q_EMIT currentChanged();
}

int Servers::unread() const
{
    int sum = 0;
    for (const ServerSession *session : m_sessions)
        sum += session->unread();
    return sum;
}

int Servers::mentions() const
{
    int sum = 0;
    for (const ServerSession *session : m_sessions)
        sum += session->mentions();
    return sum;
}

ServerSession *Servers::connectTo(const QString &url, const QString &token)
{
    const Result<QUrl> read = ServerSession::readUrl(url);
    if (!read) {
        setLastError(read.error().message);
        return nullptr;
    }
    setLastError({});
    ServerSession *session = sessionOf(m_sessions, *read);
    if (!session)
        session = add({*read, {}, token});
    else if (!token.isEmpty())
        session->setToken(token);
    store();
    if (!token.isEmpty())
        session->keepTokenOnceTaken();
    session->goOnline();
    setCurrent(session);
    setSignInUrl({});
    return session;
}

void Servers::remove(ServerSession *session)
{
    const int row = int(m_sessions.indexOf(session));
    if (row < 0)
        return;
    session->goOffline();
    if (!isTrustShared(m_sessions, session))
        session->trust()->forget();
    if (!session->isHosted() && !session->isGuest())
        m_secrets->forget(secretKey(session));
    if (m_current == session)
        setCurrent(count() > 1 ? m_sessions.at(row == 0 ? 1 : row - 1) : nullptr);
    beginRemoveRows({}, row, row);
    m_sessions.removeAt(row);
    endRemoveRows();
    session->deleteLater();
    store();
    Q_EMIT countChanged();
    Q_EMIT unreadChanged();
}

void Servers::restore()
{
    QSettings file(m_profile.file(u"servers.ini"_s), QSettings::IniFormat);
    const int size = file.beginReadArray(u"servers"_s);
    for (int i = 0; i < size; ++i) {
        file.setArrayIndex(i);
        const Result<QUrl> url = ServerSession::readUrl(file.value(u"url"_s).toString());
        if (!url || sessionOf(m_sessions, *url))
            continue;
        const bool account = file.value(u"account"_s, false).toBool();
        ServerSession *session = add({*url, file.value(u"title"_s).toString(), {}, false, account});
        if (account)
            bringToken(session);
        else
            session->goOnline();
    }
    file.endArray();
    if (!m_current && !m_sessions.isEmpty())
        setCurrent(m_sessions.first());
}

ServerSession *Servers::addHosted(const ServerSession::Place &place)
{
    ServerSession *hosted = nullptr;
    for (ServerSession *session : m_sessions)
        hosted = session->isHosted() ? session : hosted;
    if (hosted && hosted->url() != place.url) {
        remove(hosted); // another port; its files go on with the new one
        delete hosted;
        hosted = nullptr;
    }
    if (!hosted)
        hosted = add(place);
    hosted->setTitle(place.title);
    hosted->setToken(place.token);
    hosted->goOnline();
    setCurrent(hosted);
    return hosted;
}

void Servers::setAttentive(bool attentive)
{
    m_attentive = attentive;
    for (ServerSession *session : m_sessions)
        session->chat()->setAttentive(attentive && session == m_current);
}

ServerSession *Servers::add(const ServerSession::Place &place)
{
    auto *session = new ServerSession(place, m_profile, m_settings, m_network, this);
    session->chat()->setAttentive(false);
    beginInsertRows({}, count(), count());
    m_sessions.append(session);
    endInsertRows();
    connect(session, &ServerSession::titleChanged, this, [this, session] {
        update(session, {TitleRole, InitialsRole});
        store();
    });
    connect(session, &ServerSession::titleTold, this, [this, session](const QString &title) {
        session->setTitle(titleApart(m_sessions, session, title));
    });
    connect(session, &ServerSession::unreadChanged, this, [this, session] {
        update(session, {UnreadRole, MentionsRole});
        Q_EMIT unreadChanged();
    });
    connect(session->link(), &LinkStatus::changed, this, &Servers::linksChanged);
    connect(session, &ServerSession::goOnlineRequested, this, &Servers::hostRequested);
    connect(session, &ServerSession::tokenTaken, this,
            [this, session](const QString &token) { keepToken(session, token); });
    connect(session, &ServerSession::signInWanted, this,
            [this, session] { setSignInUrl(session->urlText()); });
    Q_EMIT countChanged();
    return session;
}

void Servers::update(ServerSession *session, const QList<int> &roles)
{
    if (const qsizetype row = m_sessions.indexOf(session); row >= 0)
        Q_EMIT dataChanged(index(int(row)), index(int(row)), roles);
}

void Servers::store()
{
    QSettings file(m_profile.file(u"servers.ini"_s), QSettings::IniFormat);
    file.remove(u"servers"_s);
    file.beginWriteArray(u"servers"_s);
    int i = 0;
    for (const ServerSession *session : m_sessions) {
        if (session->isHosted())
            continue;
        file.setArrayIndex(i++);
        file.setValue(u"url"_s, session->urlText());
        file.setValue(u"title"_s, session->title());
        if (!session->isGuest())
            file.setValue(u"account"_s, true);
    }
    file.endArray();
}

void Servers::setSignInUrl(const QString &url)
{
    if (m_signInUrl == url)
        return;
    m_signInUrl = url;
    Q_EMIT signInUrlChanged();
}

void Servers::keepToken(ServerSession *session, const QString &token)
{
    m_secrets->write(secretKey(session), token, session,
                     [session](const Result<void> &kept) { session->setTokenKept(kept); });
}

void Servers::bringToken(ServerSession *session)
{
    session->waitForSignIn(tr("Waiting for the keychain of this computer."));
    m_secrets->read(secretKey(session), session, [session](const Result<QString> &token) {
        if (session->hasToken())
            return; // given by hand meanwhile
        if (!token)
            return session->waitForSignIn(tr("%1 Sign in again to go on.")
                                              .arg(token.error().code == "no-secret"_L1
                                                       ? tr("Your sign-in here was not kept.")
                                                       : token.error().message));
        session->setToken(*token);
        session->goOnline();
    });
}

/// Profiles of one person on one computer share the keychain, but not their sign-ins.
QString Servers::secretKey(const ServerSession *session) const
{
    return u"%1 %2"_s.arg(m_settings->userId(), session->urlText());
}

void Servers::setLastError(const QString &error)
{
    if (m_lastError == error)
        return;
    m_lastError = error;
    Q_EMIT lastErrorChanged();
}

} // namespace Hubbub::App
