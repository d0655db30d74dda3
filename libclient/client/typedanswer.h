// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"
#include "libclient/protocol/readargument.h"

#include <QtCore/QFuture>

namespace SocketIo
{

/// An answer as one C++ value: its first argument, or what went wrong; "answer-mismatch" names the event and
/// the type that was expected. Thread: the future ends on that of the socket.
template <typename R>
QFuture<Hubbub::Result<R>> typedAnswer(const QString &event, QFuture<Hubbub::Result<Arguments>> answer)
{
    return answer.then([event](const Hubbub::Result<Arguments> &arguments) -> Hubbub::Result<R> {
        if (!arguments)
            return tl::unexpected<Hubbub::Error>(arguments.error());
        if (R value{}; readArgument(*arguments, 0, value))
            return value;
        return Hubbub::failure(QStringLiteral("answer-mismatch"),
                               QStringLiteral("The answer to \"%1\" is not %2.").arg(event, typeName<R>()),
                               misfit<R>(arguments->at(0)));
    });
}

} // namespace SocketIo
