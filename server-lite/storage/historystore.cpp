// SPDX-License-Identifier: MIT
#include "server-lite/storage/historystore.h"

#include "server-lite/storage/historythread.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QEvent>
#include <QtCore/QPointer>

namespace Hubbub
{

using namespace Qt::StringLiterals;

namespace
{
const auto answersArrived = QEvent::Type(QEvent::registerEventType());
}

/// Of one batch.
struct HistoryStore::Answers {
    HistoryThread::Completions completions;
    std::optional<Error> commitError;
};

HistoryStore::HistoryStore(QObject *parent)
    : QObject(parent)
    , m_worker(std::make_unique<HistoryThread>(
          [this](HistoryThread::Completions completions, std::optional<Error> commitError) {
              if (m_answers.post(Answers{std::move(completions), std::move(commitError)}))
                  QCoreApplication::postEvent(this, new QEvent(answersArrived));
          }))
{
}

HistoryStore::~HistoryStore() = default;

Result<void> HistoryStore::open(const QString &folder)
{
    const auto opened = m_worker->open(folder);
    m_notice = opened.notice;
    return opened.result;
}

bool HistoryStore::event(QEvent *event)
{
    if (event->type() != answersArrived)
        return QObject::event(event);
    const QPointer<HistoryStore> alive(this);
    for (const auto &[completions, commitError] : m_answers.take()) {
        for (const auto &complete : completions) {
            complete(commitError ? &*commitError : nullptr);
            if (!alive)
                return true;
        }
    }
    return true;
}

template <typename T, typename Work>
void HistoryStore::post(Kind kind, const QString &asker, QObject *context, Callback<T> answer, Work work)
{
    QPointer<QObject> guard(context);
    auto &waiting = m_waitingOf[asker];
    const bool isGreedy =
        kind == Kind::Write ? waiting.writes >= maxWritesOfOne : waiting.reads >= maxReadsOfOne;
    if (isGreedy || m_pending.size() >= maxPending) {
        const Error busy{isGreedy ? u"busy"_s : u"history-busy"_s,
                         isGreedy ? u"Too many of your requests are waiting. Try again in a moment."_s
                                  : u"The server's disk cannot keep up. Try again in a moment."_s,
                         {}};
        if (waiting.writes == 0 && waiting.reads == 0)
            m_waitingOf.remove(asker);
        QMetaObject::invokeMethod(
            this,
            [guard, answer, busy] {
                if (guard)
                    answer(tl::unexpected(busy));
            },
            Qt::QueuedConnection);
        return;
    }
    ++(kind == Kind::Write ? waiting.writes : waiting.reads);
    // Writes go first, but not before what the same person asked earlier.
    const bool isBehind = kind == Kind::Read || waiting.behind > 0;
    waiting.behind += isBehind ? 1 : 0;
    const auto question = ++m_lastQuestion;
    m_pending.insert(question);
    // The answer is moved through the worker, never copied there: what it holds may only be let go of here.
    m_worker->post(isBehind ? HistoryThread::Lane::Reads : HistoryThread::Lane::Writes, asker,
                   [this, question, kind, isBehind, asker, guard, answer = std::move(answer),
                    work = std::move(work)](HistoryDatabase &database) mutable -> HistoryThread::Completion {
                       return [this, question, kind, isBehind, asker, guard, answer = std::move(answer),
                               result = Result<T>(work(database))](const Error *commitError) {
                           settle(question, kind, isBehind, asker);
                           if (guard)
                               answer(commitError ? Result<T>(tl::unexpected(*commitError)) : result);
                       };
                   });
}

/// A question is about to be answered. Flushes that waited for it are answered after it.
void HistoryStore::settle(quint64 question, Kind kind, bool wasBehind, const QString &asker)
{
    m_pending.erase(question);
    const auto waiting = m_waitingOf.find(asker);
    --(kind == Kind::Write ? waiting->writes : waiting->reads);
    waiting->behind -= wasBehind ? 1 : 0;
    if (waiting->writes == 0 && waiting->reads == 0)
        m_waitingOf.erase(waiting);
    const auto isDue = [this](quint64 last) { return m_pending.empty() || *m_pending.begin() > last; };
    while (!m_flushes.empty() && isDue(m_flushes.front().first)) {
        QMetaObject::invokeMethod(this, std::move(m_flushes.front().second), Qt::QueuedConnection);
        m_flushes.pop_front();
    }
}

void HistoryStore::append(const NewMessage &message, QObject *context, Callback<AppendResult> answer)
{
    post<AppendResult>(Kind::Write, message.userId, context, std::move(answer),
                       [message](HistoryDatabase &database) { return database.append(message); });
}

void HistoryStore::page(const QString &asker, const QString &roomId, const QString &before, int limit,
                        QObject *context, Callback<HistoryPage> answer)
{
    post<HistoryPage>(
        Kind::Read, asker, context, std::move(answer),
        [roomId, before, limit](HistoryDatabase &database) { return database.page(roomId, before, limit); });
}

void HistoryStore::rooms(const QString &asker, int limit, QObject *context,
                         Callback<QList<StoredRoom>> answer)
{
    post<QList<StoredRoom>>(Kind::Read, asker, context, std::move(answer),
                            [limit](HistoryDatabase &database) { return database.rooms(limit); });
}

void HistoryStore::flush(QObject *context, std::function<void()> answer)
{
    const auto tell = [guard = QPointer<QObject>(context), answer = std::move(answer)] {
        if (guard)
            answer();
    };
    if (m_pending.empty())
        QMetaObject::invokeMethod(this, tell, Qt::QueuedConnection);
    else
        m_flushes.emplace_back(m_lastQuestion, tell);
}

} // namespace Hubbub
