// SPDX-License-Identifier: MIT
#include "server-lite/storage/historystore.h"

#include "server-lite/storage/historythread.h"

#include <QtCore/QPointer>
#include <QtCore/QThread>

namespace Hubbub
{

using namespace Qt::StringLiterals;

HistoryStore::HistoryStore(QObject *parent)
    : QObject(parent)
    , m_thread(std::make_unique<QThread>())
    , m_worker(std::make_unique<HistoryThread>(
          [this](HistoryThread::Completions completions, std::optional<Error> commitError) {
              QMetaObject::invokeMethod(
                  this,
                  [this, completions = std::move(completions), commitError = std::move(commitError)] {
                      for (const auto &complete : completions) {
                          --m_pending;
                          complete(commitError ? &*commitError : nullptr);
                      }
                  },
                  Qt::QueuedConnection);
          }))
{
    m_thread->setObjectName(u"history"_s);
    m_worker->moveToThread(m_thread.get());
    m_thread->start();
}

HistoryStore::~HistoryStore()
{
    // The worker has to die on its own thread: its database connection belongs there.
    QMetaObject::invokeMethod(
        m_worker.get(),
        [this] {
            m_worker->drain();
            m_worker.reset();
        },
        Qt::BlockingQueuedConnection);
    m_thread->quit();
    m_thread->wait();
}

Result<void> HistoryStore::open(const QString &folder)
{
    Result<void> result;
    QMetaObject::invokeMethod(
        m_worker.get(),
        [&] {
            result = m_worker->open(folder);
            m_notice = m_worker->notice();
        },
        Qt::BlockingQueuedConnection);
    return result;
}

template <typename T, typename Work>
void HistoryStore::post(QObject *context, Callback<T> answer, Work work)
{
    QPointer<QObject> guard(context);
    if (m_pending >= maxPending) {
        const Error busy{
            u"history-busy"_s, u"The server's disk cannot keep up. Try again in a moment."_s, {}};
        QMetaObject::invokeMethod(
            this,
            [guard, answer, busy] {
                if (guard)
                    answer(tl::unexpected(busy));
            },
            Qt::QueuedConnection);
        return;
    }
    ++m_pending;
    // The answer is moved through the worker, never copied there: what it holds may only be let go of here.
    m_worker->post([guard, answer = std::move(answer),
                    work = std::move(work)](HistoryDatabase &database) mutable -> HistoryThread::Completion {
        return [guard, answer = std::move(answer),
                result = Result<T>(work(database))](const Error *commitError) {
            if (guard)
                answer(commitError ? Result<T>(tl::unexpected(*commitError)) : result);
        };
    });
}

void HistoryStore::append(const NewMessage &message, QObject *context, Callback<AppendResult> answer)
{
    post<AppendResult>(context, std::move(answer),
                       [message](HistoryDatabase &database) { return database.append(message); });
}

void HistoryStore::page(const QString &roomId, const QString &before, int limit, QObject *context,
                        Callback<HistoryPage> answer)
{
    post<HistoryPage>(context, std::move(answer), [roomId, before, limit](HistoryDatabase &database) {
        return database.page(roomId, before, limit);
    });
}

void HistoryStore::rooms(int limit, QObject *context, Callback<QList<StoredRoom>> answer)
{
    post<QList<StoredRoom>>(context, std::move(answer),
                            [limit](HistoryDatabase &database) { return database.rooms(limit); });
}

void HistoryStore::flush(QObject *context, std::function<void()> answer)
{
    ++m_pending;
    m_worker->post([guard = QPointer<QObject>(context),
                    answer = std::move(answer)](HistoryDatabase &) mutable -> HistoryThread::Completion {
        return [guard, answer = std::move(answer)](const Error *) {
            if (guard)
                answer();
        };
    });
}

} // namespace Hubbub
