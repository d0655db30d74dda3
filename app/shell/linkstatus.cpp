// SPDX-License-Identifier: MIT
#include "app/shell/linkstatus.h"

#include "libclient/client/manager.h"
#include "libclient/client/socket.h"

#include <QtCore/QLocale>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using SocketIo::ConnectionState;

namespace
{
constexpr auto blip = 2s; // shorter outages are not worth a word
}

LinkStatus::LinkStatus(QObject *parent)
    : QObject(parent)
    , m_view(describe(m_facts))
{
    m_stripDelay.setSingleShot(true);
    m_stripDelay.setTimerType(Qt::PreciseTimer);
    m_stripDelay.setInterval(blip);
    connect(&m_stripDelay, &QTimer::timeout, this, [this] {
        setStrip(true);
        speak(m_view.spoken);
    });
    m_countdown.setSingleShot(true);
    m_countdown.setTimerType(Qt::PreciseTimer);
    connect(&m_countdown, &QTimer::timeout, this, &LinkStatus::tick);
    m_stripDelay.start();
}

void LinkStatus::watch(SocketIo::Socket *socket)
{
    if (m_socket)
        disconnect(m_socket, nullptr, this, nullptr);
    m_socket = socket;
    if (socket) {
        connect(socket, &SocketIo::Socket::stateChanged, this, &LinkStatus::readSocket);
        connect(socket, &SocketIo::Socket::roundTripChanged, this, &LinkStatus::readSocket);
        connect(socket, &SocketIo::Socket::connectError, this, &LinkStatus::readSocket);
        connect(socket, &SocketIo::Socket::connected, this, [this] { m_refusal.clear(); });
    }
    readSocket();
}

void LinkStatus::setHost(const QString &host)
{
    LinkFacts facts = m_facts;
    facts.host = host;
    setFacts(facts);
}

void LinkStatus::setOfflineReason(const QString &reason, bool signInNeeded)
{
    LinkFacts facts = m_facts;
    facts.offlineReason = reason;
    facts.signInNeeded = signInNeeded;
    setFacts(facts);
}

void LinkStatus::setRefusal(const QString &message)
{
    m_refusal = message;
    readSocket();
}

void LinkStatus::readSocket()
{
    LinkFacts facts = m_facts;
    facts.state = m_socket ? m_socket->state() : ConnectionState::Offline;
    facts.roundTrip = m_socket ? m_socket->roundTrip() : std::nullopt;
    facts.error = m_socket ? m_socket->lastError() : Error{};
    facts.retryIn = 0s;
    m_countdown.stop();
    if (facts.state == ConnectionState::Refused && !m_refusal.isEmpty())
        facts.error = Error{u"refused"_s, m_refusal, {}};
    if (facts.state == ConnectionState::Waiting) {
        const std::chrono::milliseconds left(
            std::max<qint64>(0, QDateTime::currentDateTimeUtc().msecsTo(m_socket->retryAt())));
        facts.retryIn = std::chrono::ceil<std::chrono::seconds>(left);
        if (left > 0ms)
            m_countdown.start(left - (facts.retryIn - 1s));
    }
    setFacts(facts);
}

void LinkStatus::tick()
{
    readSocket();
}

void LinkStatus::setFacts(const LinkFacts &facts)
{
    if (facts == m_facts)
        return;
    const LinkView before = m_view;
    m_facts = facts;
    m_view = describe(facts);
    if (m_view == before)
        return;

    if (m_view.online != m_wasOnline) {
        m_since = QDateTime::currentDateTime();
        m_wasOnline = m_view.online;
        if (m_view.online) {
            m_stripDelay.stop();
            setStrip(false);
        } else {
            m_stripDelay.start();
        }
        Q_EMIT onlineChanged(m_view.online);
    }
    if (m_view.assertive)
        speak(m_view.spoken);
    else if (m_view.online && !m_spoken.isEmpty() && m_view.kind != before.kind)
        speak(m_view.spoken); // after an outage that was spoken, and when the link turns slow
    Q_EMIT changed();
}

QString LinkStatus::sinceText() const
{
    return m_since.isValid() ? tr("since %1").arg(QLocale().toString(m_since.time(), u"HH:mm"_s)) : QString();
}

void LinkStatus::activate()
{
    switch (m_view.action) {
    case LinkView::Action::RetryNow:
        if (m_facts.state == ConnectionState::Waiting && m_socket)
            m_socket->manager()->reconnectNow();
        else
            goOnline();
        break;
    case LinkView::Action::GoOnline:
        goOnline();
        break;
    case LinkView::Action::SignIn:
        Q_EMIT signInRequested();
        break;
    case LinkView::Action::None:
        break;
    }
}

void LinkStatus::goOffline()
{
    Q_EMIT goOfflineRequested();
}

void LinkStatus::goOnline()
{
    Q_EMIT goOnlineRequested();
}

void LinkStatus::setStrip(bool strip)
{
    if (m_strip == strip)
        return;
    m_strip = strip;
    Q_EMIT showOfflineStripChanged();
}

void LinkStatus::speak(const QString &text)
{
    if (text.isEmpty() || m_spoken == text)
        return;
    m_spoken = text;
    Q_EMIT spokenChanged();
}

} // namespace Hubbub::App
