// SPDX-License-Identifier: MIT
#include "server-lite/core/middlewarechain.h"

namespace SocketIo
{

/// One step's leave to go on: the first call counts, and its destruction without a call counts as a refusal.
class MiddlewareChain::Turn
{
public:
    Turn(std::shared_ptr<MiddlewareChain> chain, qsizetype index)
        : m_chain(std::move(chain))
        , m_index(index)
    {
    }
    Q_DISABLE_COPY_MOVE(Turn)

    ~Turn()
    {
        if (!m_chain || !m_chain->m_context)
            return;
        // Queued: the last copy may die anywhere, also inside the middleware that forgot it.
        QMetaObject::invokeMethod(
            m_chain->m_context.data(),
            [chain = m_chain] { chain->finish(Refusal{QStringLiteral("The server gave no answer.")}); },
            Qt::QueuedConnection);
    }

    void take(std::optional<Refusal> refusal)
    {
        const auto chain = std::exchange(m_chain, nullptr);
        if (!chain)
            return;
        if (refusal)
            chain->finish(std::move(refusal));
        else
            chain->proceed(m_index + 1);
    }

private:
    std::shared_ptr<MiddlewareChain> m_chain;
    qsizetype m_index;
};

MiddlewareChain::MiddlewareChain(QObject *context, qsizetype count, Step step, Done done)
    : m_context(context)
    , m_count(count)
    , m_step(std::move(step))
    , m_done(std::move(done))
{
}

void MiddlewareChain::run(QObject *context, qsizetype count, Step step, Done done)
{
    const std::shared_ptr<MiddlewareChain> chain(
        new MiddlewareChain(context, count, std::move(step), std::move(done)));
    chain->proceed(0);
}

void MiddlewareChain::proceed(qsizetype index)
{
    if (!m_context)
        return;
    if (index == m_count) {
        finish(std::nullopt);
        return;
    }
    const auto turn = std::make_shared<Turn>(shared_from_this(), index);
    m_step(index, [turn](std::optional<Refusal> refusal) { turn->take(std::move(refusal)); });
}

void MiddlewareChain::finish(std::optional<Refusal> refusal)
{
    if (const Done done = std::exchange(m_done, nullptr); done && m_context)
        done(std::move(refusal));
}

} // namespace SocketIo
