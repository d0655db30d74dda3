// SPDX-License-Identifier: MIT
#include "server-lite/middleware/errorguard.h"

#include "server-lite/middleware/eventlog.h"
#include "server-lite/middleware/refusals.h"

#include <exception>

namespace Hubbub
{

using namespace Qt::StringLiterals;

namespace
{

/// Runs it; what it throws goes to `failed` in words.
template <typename Run, typename Failed>
void attempt(const Run &run, const Failed &failed)
{
    try {
        run();
    } catch (const std::exception &exception) {
        failed(exception.what());
    } catch (...) {
        failed("not a std::exception");
    }
}

} // namespace

SocketIo::ConnectMiddleware ErrorGuard::guarded(SocketIo::ConnectMiddleware middleware)
{
    return [this, middleware = std::move(middleware)](SocketIo::ServerSocket &socket,
                                                      const SocketIo::Next &next) {
        attempt([&] { middleware(socket, next); },
                [&](const char *cause) { Refusals::refuse(next, report(u"connection"_s, cause)); });
    };
}

SocketIo::EventMiddleware ErrorGuard::guarded(SocketIo::EventMiddleware middleware)
{
    return
        [this, middleware = std::move(middleware)](const SocketIo::Event &event, const SocketIo::Next &next) {
            attempt([&] { middleware(event, next); },
                    [&](const char *cause) { Refusals::refuse(event, next, report(event.name, cause)); });
        };
}

SocketIo::EventHandler ErrorGuard::guarded(SocketIo::EventHandler handler)
{
    return [this, handler = std::move(handler)](const SocketIo::Event &event) {
        Result<void> result;
        attempt([&] { result = handler(event); },
                [&](const char *cause) {
                    const auto error = report(event.name, cause);
                    const QCborMap told{{u"code"_s, error.code}, {u"message"_s, error.message}};
                    event.ack({QCborMap{{u"success"_s, false}, {u"error"_s, told}}});
                });
        return result;
    };
}

void ErrorGuard::watch(SocketIo::ServerSocket *socket)
{
    connect(socket, &SocketIo::ServerSocket::error, this,
            [this](const Error &error) { ++m_counters[error.code]; });
}

Error ErrorGuard::report(const QString &where, const char *cause)
{
    const Error error{u"internal-error"_s, u"Something went wrong on the server. Try again later."_s,
                      QString::fromLocal8Bit(cause)};
    ++m_counters[error.code];
    // Quoted: the words may be a peer's, and a log line is not theirs to end.
    qCWarning(eventLog) << "exception in" << where << error.cause;
    Q_EMIT failed(error);
    return error;
}

} // namespace Hubbub
