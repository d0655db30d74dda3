// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/core/middleware.h"

#include <QtCore/QObject>
#include <QtCore/QPointer>

#include <functional>
#include <memory>

namespace SocketIo
{

/// Runs middlewares one after the other, each going on, now or later, by its Next. Ends once: with a refusal,
/// after the last step, or, if a middleware forgets its Next, with the refusal "The server gave no answer."
/// No end is reported after the context is destroyed. Thread: the server's.
class MiddlewareChain : public std::enable_shared_from_this<MiddlewareChain>
{
public:
    using Step = std::function<void(qsizetype index, Next next)>;
    using Done = std::function<void(std::optional<Refusal>)>;

    static void run(QObject *context, qsizetype count, Step step, Done done);

private:
    class Turn;

    MiddlewareChain(QObject *context, qsizetype count, Step step, Done done);
    void proceed(qsizetype index);
    void finish(std::optional<Refusal> refusal);

    QPointer<QObject> m_context;
    qsizetype m_count;
    Step m_step;
    Done m_done;
};

} // namespace SocketIo
