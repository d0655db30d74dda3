// SPDX-License-Identifier: MIT
#include "server-lite/middleware/ratelimits.h"

#include "server-lite/middleware/refusals.h"

#include <QtCore/QPointer>

namespace Hubbub
{

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace
{

constexpr auto allowed = BlockingLimiter::Outcome::Allowed;

Error tooMany(milliseconds retryAfter)
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(retryAfter).count();
    return {u"rate-limited"_s, u"That was too much at once. Try again in %1 s."_s.arg(seconds), {}};
}

QCborMap details(milliseconds retryAfter)
{
    return {{u"retryAfter"_s, qint64(retryAfter.count())}};
}

std::optional<BlockingLimiter> make(const std::optional<RateLimit> &limit)
{
    return limit ? std::optional<BlockingLimiter>(*limit) : std::nullopt;
}

} // namespace

RateLimits::RateLimits(const Limits &limits, QObject *parent)
    : QObject(parent)
    , m_limiters{make(limits.perConnection), make(limits.perUser), make(limits.perAddress),
                 make(limits.connects)}
{
}

SocketIo::ConnectMiddleware RateLimits::connections()
{
    return [self = QPointer(this)](SocketIo::ServerSocket &socket, const SocketIo::Next &next) {
        const auto &address = socket.handshake().address;
        const auto verdict =
            self ? self->take({Scope::Connect, RateLimiter::keyOf(address), address.toString()})
                 : BlockingLimiter::Verdict{};
        if (verdict.outcome == allowed)
            return next(std::nullopt);
        Refusals::refuse(next, tooMany(verdict.retryAfter), details(verdict.retryAfter));
    };
}

SocketIo::EventMiddleware RateLimits::events(const SocketIo::ServerSocket *socket, const QString &userId)
{
    const auto &address = socket->handshake().address;
    QList<Who> payers{{Scope::Connection, socket->id().toUtf8(), socket->id()},
                      {Scope::Address, RateLimiter::keyOf(address), address.toString()}};
    if (!userId.isEmpty())
        payers.insert(1, {Scope::User, userId.toUtf8(), userId});
    return [self = QPointer(this), payers](const SocketIo::Event &event, const SocketIo::Next &next) {
        for (const auto &payer : payers) {
            const auto verdict = self ? self->take(payer) : BlockingLimiter::Verdict{};
            if (verdict.outcome != allowed)
                return Refusals::refuse(event, next, tooMany(verdict.retryAfter),
                                        details(verdict.retryAfter));
        }
        next(std::nullopt);
    };
}

BlockingLimiter::Counters RateLimits::counters(Scope scope) const
{
    const auto &asked = limiter(scope);
    return asked ? asked->counters() : BlockingLimiter::Counters{};
}

qsizetype RateLimits::blockedKeys(Scope scope) const
{
    const auto &asked = limiter(scope);
    return asked ? asked->blockedKeys() : 0;
}

BlockingLimiter::Verdict RateLimits::take(const Who &who)
{
    auto &asked = m_limiters[std::size_t(who.scope)];
    if (!asked)
        return {};
    const auto before = asked->counters().blocks;
    const auto verdict = asked->take(who.key);
    if (asked->counters().blocks != before)
        Q_EMIT blocked(who.scope, who.name, verdict.retryAfter);
    return verdict;
}

} // namespace Hubbub
