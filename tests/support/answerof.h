// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/arguments.h"
#include "libclient/protocol/error.h"

#include <QtCore/QCborArray>
#include <QtCore/QFuture>
#include <QtTest/QTest>

/// The values an ack brought, or the code of its error. Thread: the test's.
inline QCborArray answerOf(QFuture<Hubbub::Result<SocketIo::Arguments>> future)
{
    constexpr int patience = 30'000; // for a machine that is busy with other things
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, patience))
        return {QStringLiteral("the ack never ended")};
    const auto result = future.result();
    return result ? result->toArray() : QCborArray{result.error().code};
}
