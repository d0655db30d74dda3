// SPDX-License-Identifier: MIT
#include "app/shell/departure.h"

#include "app/host/hostcontroller.h"
#include "app/shell/application.h"
#include "app/shell/servers.h"

#include <QtCore/QEventLoop>

namespace Hubbub::App
{

namespace
{

using State = Departure::State;

bool mayMove(State from, State to)
{
    switch (to) {
    case State::Here:
        return from == State::Asking;
    case State::Asking:
        return from == State::Here;
    case State::Leaving:
        return from == State::Here || from == State::Asking;
    case State::Gone:
        return from == State::Leaving;
    }
    return false;
}

bool isHosting(const HostController *host)
{
    return host->state() == HostController::Starting || host->state() == HostController::Running;
}

} // namespace

Departure::Departure(Servers *servers, HostController *host, QObject *parent)
    : QObject(parent)
    , m_servers(servers)
    , m_host(host)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, [this] { move(State::Gone); });
    connect(m_host, &HostController::peopleChanged, this, &Departure::changed);
    connect(m_host, &HostController::stateChanged, this, &Departure::check);
}

Departure *Departure::create(QQmlEngine *engine, QJSEngine *)
{
    return Application::of(engine)->forQml(Application::of(engine)->departure());
}

QString Departure::question() const
{
    const int guests = m_host->guests();
    if (guests == 0)
        return tr("Nobody else is connected. Your room closes until you host it again.");
    return guests == 1 ? tr("1 person is connected. Your room closes for them.")
                       : tr("%1 people are connected. Your room closes for them.").arg(guests);
}

void Departure::request()
{
    if (m_state == State::Here && !isHosting(m_host))
        return leave();
    move(State::Asking);
    if (isAsking())
        Q_EMIT asked();
}

void Departure::confirm()
{
    leave();
}

void Departure::cancel()
{
    move(State::Here);
}

void Departure::leave()
{
    if (!mayMove(m_state, State::Leaving))
        return;
    move(State::Leaving);
    m_patience.start();
    for (ServerSession *session : m_servers->sessions())
        session->goOffline();
    check();
}

void Departure::waitUntilGone()
{
    leave();
    if (m_state == State::Gone)
        return;
    QEventLoop loop;
    connect(this, &Departure::left, &loop, &QEventLoop::quit);
    loop.exec();
}

void Departure::move(State state)
{
    if (!mayMove(m_state, state))
        return;
    m_state = state;
    Q_EMIT changed();
    if (state == State::Gone)
        Q_EMIT left();
}

/// A server that is just starting is stopped once it runs.
void Departure::check()
{
    if (m_state == State::Asking && !isHosting(m_host))
        return cancel(); // there is nothing to ask about any more
    if (m_state != State::Leaving)
        return;
    switch (m_host->state()) {
    case HostController::Running:
        return m_host->stop();
    case HostController::Stopped:
    case HostController::Failed:
        return move(State::Gone);
    case HostController::Starting:
    case HostController::Stopping:
        return;
    }
}

} // namespace Hubbub::App
