// SPDX-License-Identifier: MIT
#include "server-lite/core/incomingevents.h"

#include "server-lite/core/connection.h"
#include "server-lite/core/logging.h"
#include "server-lite/core/middlewarechain.h"
#include "server-lite/core/serversocket_p.h"

using namespace Qt::StringLiterals;

namespace SocketIo
{

namespace
{

// Events that wait for a middleware; a client that sends more meanwhile is closed.
constexpr std::size_t maxWaiting = 10'000;

/// The answer to a command that failed, as the chat gateway's contract words it.
Arguments failedAnswer(const QString &code, const QString &message,
                       const QCborValue &data = QCborValue::Undefined)
{
    QCborMap error{{u"code"_s, code}, {u"message"_s, message}};
    if (!data.isUndefined())
        error.insert(u"data"_s, data);
    return Arguments{QCborMap{{u"success"_s, false}, {u"error"_s, error}}};
}

} // namespace

bool IncomingEvents::isConnected() const
{
    return m_socket.state == ServerSocket::Private::State::Connected;
}

void IncomingEvents::take(Packet packet)
{
    if (!m_inMiddleware && m_waiting.empty()) {
        start(std::move(packet));
    } else if (m_waiting.size() < maxWaiting) {
        m_waiting.push_back(std::move(packet));
    } else {
        qCWarning(lcServer) << "closing" << m_socket.id
                            << "for sending faster than its middlewares let through";
        m_socket.connection->close(u"forced close"_s);
    }
}

void IncomingEvents::start(Packet packet)
{
    const Event event{std::move(packet.name), std::move(packet.arguments),
                      packet.id ? m_socket.makeAck(*packet.id) : Ack()};
    const QPointer<QObject> guard(m_socket.q);
    if (!m_socket.anyHandlers.isEmpty()) {
        const auto outcome = HandlerList(m_socket.anyHandlers).call(event, guard);
        if (!guard)
            return;
        if (outcome.hasDead)
            m_socket.anyHandlers.prune();
        m_socket.report(outcome.errors);
    }
    if (!guard || !isConnected())
        return;
    if (m_socket.middlewares.isEmpty())
        deliver(event);
    else
        runMiddlewares(event);
}

void IncomingEvents::runMiddlewares(const Event &event)
{
    m_inMiddleware = true;
    MiddlewareChain::run(
        m_socket.q, m_socket.middlewares.size(),
        [event, steps = m_socket.middlewares](qsizetype index, Next next) {
            steps.at(index)(event, std::move(next));
        },
        // The chain ends only while q lives.
        [this, event](const std::optional<Refusal> &refusal) { afterMiddlewares(event, refusal); });
}

void IncomingEvents::afterMiddlewares(const Event &event, const std::optional<Refusal> &refusal)
{
    const QPointer<QObject> guard(m_socket.q);
    m_inMiddleware = false;
    if (isConnected() && refusal) {
        const QString code = refusal->data.toMap().value(u"code"_s).toString(u"refused"_s);
        event.ack(failedAnswer(code, refusal->message, refusal->data));
        Q_EMIT m_socket.q->error({u"event-refused"_s, refusal->message, u"event \"%1\""_s.arg(event.name)});
    } else if (isConnected()) {
        deliver(event);
    }
    if (guard)
        startWaiting();
}

void IncomingEvents::startWaiting()
{
    if (m_startingWaiting)
        return; // the loop below goes on
    m_startingWaiting = true;
    const QPointer<QObject> guard(m_socket.q);
    while (!m_inMiddleware && !m_waiting.empty()) {
        Packet packet = std::move(m_waiting.front());
        m_waiting.pop_front();
        if (isConnected())
            start(std::move(packet));
        if (!guard)
            return;
    }
    m_startingWaiting = false;
}

void IncomingEvents::deliver(const Event &event)
{
    if (!m_socket.handlers.contains(event.name))
        return;
    const QPointer<QObject> guard(m_socket.q);
    const HandlerList list = m_socket.handlers.value(event.name);
    const auto outcome = list.call(event, guard);
    if (!outcome.errors.isEmpty() && outcome.ran == 0)
        event.ack(failedAnswer(outcome.errors.first().code, outcome.errors.first().message));
    if (!guard)
        return;
    if (outcome.hasDead)
        m_socket.handlers[event.name].prune();
    m_socket.report(outcome.errors);
}

} // namespace SocketIo
