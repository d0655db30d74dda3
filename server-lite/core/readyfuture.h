// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QFuture>
#include <QtCore/QObject>
#include <QtCore/QPromise>

namespace SocketIo
{

/// A future that has its value. Thread: any. (Qt 6.4 has no QtFuture::makeReadyValueFuture.)
template <typename T>
QFuture<T> readyFuture(T value)
{
    QPromise<T> promise;
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return promise.future();
}

/// Calls with the value, at once if it is there, else on the context's thread and while that lives.
template <typename T, typename F>
void whenReady(QFuture<T> future, QObject *context, F &&then)
{
    if (future.isFinished() && future.resultCount() > 0)
        then(future.result());
    else
        future.then(context, std::forward<F>(then));
}

} // namespace SocketIo
