// SPDX-License-Identifier: MIT
#include "server-lite/middleware/ratelimits.h"
#include "tests/unit/middlewaretest.h"

#include <QtCore/QRegularExpression>

using namespace Hubbub;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Outcome = BlockingLimiter::Outcome;
using Scope = RateLimits::Scope;
using SocketIo::ServerSocket;

/// Bounds on events and connections, with the blocks of who does not stop.
class TestRateLimits : public QObject
{
    Q_OBJECT

    /// Whoever comes is the user its auth names, and may `say` within the limits.
    static void serve(MiddlewareTest &test, RateLimits *limits)
    {
        test.nsp->use(limits->connections());
        connect(test.nsp, &SocketIo::Namespace::connection, limits, [limits](ServerSocket *socket) {
            socket->use(limits->events(socket, socket->handshake().auth.value(u"user"_s).toString()));
            socket->on(u"say"_s, socket, [](const SocketIo::Event &event) {
                event.ack({QCborMap{{u"success"_s, true}}});
            });
        });
    }
    static QCborMap user(const QString &name) { return {{u"user"_s, name}}; }
    /// Two at once, the next in an hour; nobody is blocked.
    static RateLimit two() { return {.burst = 2, .refill = 1h, .strikes = 0}; }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }

    void blocks_come_after_strikes_and_grow()
    {
        BlockingLimiter limiter({.burst = 1,
                                 .refill = 1s,
                                 .strikes = 3,
                                 .firstBlock = 10s,
                                 .longestBlock = 30s,
                                 .forgiveAfter = 60s});
        BlockingLimiter::Clock::time_point t{1h};
        const QByteArray noor("noor");
        QVERIFY(limiter.take(noor, t).outcome == Outcome::Allowed);
        QVERIFY(limiter.take(noor, t).outcome == Outcome::Limited);
        QVERIFY(limiter.take(noor, t).retryAfter == 1s);
        for (const auto block : {10s, 20s, 30s, 30s}) { // doubled, up to the longest
            auto verdict = limiter.take(noor, t);
            for (int i = 0; verdict.outcome == Outcome::Limited && i < 3; ++i)
                verdict = limiter.take(noor, t);
            QVERIFY(verdict.outcome == Outcome::Blocked);
            QVERIFY(verdict.retryAfter == block);
            QCOMPARE(limiter.blockedKeys(t), 1);
            QVERIFY(limiter.take(noor, t + block - 1ms).outcome == Outcome::Blocked);
            QVERIFY(limiter.take(noor, t + block - 1ms).retryAfter == 1ms);
            QVERIFY(limiter.take("lena", t).outcome != Outcome::Blocked); // nobody pays for another
            t += block;
            QCOMPARE(limiter.blockedKeys(t), 0);
            QVERIFY(limiter.take(noor, t).outcome == Outcome::Allowed);
        }
        QCOMPARE(limiter.counters().blocks, 4u);
        t += 60s; // forgiven: the next block is the first one again
        QVERIFY(limiter.take(noor, t).outcome == Outcome::Allowed);
        limiter.take(noor, t);
        limiter.take(noor, t);
        QVERIFY(limiter.take(noor, t).retryAfter == 10s);
    }

    void strikes_are_forgiven_after_a_rest()
    {
        BlockingLimiter limiter({.burst = 1, .refill = 1h, .strikes = 3, .forgiveAfter = 60s});
        BlockingLimiter::Clock::time_point t{1h};
        limiter.take("k", t);
        for (int i = 0; i < 6; ++i) {
            QVERIFY(limiter.take("k", t + i * 61s).outcome == Outcome::Limited);
            QVERIFY(limiter.take("k", t + i * 61s).outcome == Outcome::Limited);
        }
        QCOMPARE(limiter.counters().limited, 12u);
        QCOMPARE(limiter.counters().blocks, 0u);
    }

    void many_offenders_stay_bounded()
    {
        BlockingLimiter limiter({.burst = 1, .refill = 1h, .strikes = 2, .firstBlock = 10s}, 100);
        BlockingLimiter::Clock::time_point t{1h};
        for (int i = 0; i < 10'000; ++i) {
            for (int n = 0; n < 4; ++n)
                limiter.take(QByteArray::number(i), t);
        }
        QVERIFY(limiter.blockedKeys(t) <= 101);
        QVERIFY(limiter.blockedKeys(t) >= 100);
    }

    void a_connection_is_limited_and_told_when()
    {
        MiddlewareTest test;
        RateLimits limits({.perConnection = two()});
        serve(test, &limits);
        const auto noor = test.join();
        QCOMPARE(noor.codeOf(u"say"_s), u"success"_s);
        QCOMPARE(noor.codeOf(u"say"_s), u"success"_s);
        const auto error = noor.call(u"say"_s).toMap().value(u"error"_s).toMap();
        QCOMPARE(error.value(u"code"_s).toString(), u"rate-limited"_s);
        const auto retryAfter = error.value(u"retryAfter"_s).toInteger();
        QVERIFY2(retryAfter > 3'000'000 && retryAfter <= 3'600'000, qPrintable(QString::number(retryAfter)));
        QVERIFY(error.value(u"message"_s).toString().startsWith(u"That was too much at once."_s));
        QCOMPARE(test.join().codeOf(u"say"_s), u"success"_s); // nobody pays for another
        QCOMPARE(limits.counters(Scope::Connection).allowed, 3u);
        QCOMPARE(limits.counters(Scope::Connection).limited, 1u);
        QCOMPARE(limits.counters(Scope::User).allowed, 0u);
    }

    void what_went_by_can_come_again()
    {
        MiddlewareTest test;
        RateLimits limits({.perConnection = RateLimit{.burst = 1, .refill = 50ms, .strikes = 0}});
        serve(test, &limits);
        const auto noor = test.join();
        QCOMPARE(noor.codeOf(u"say"_s), u"success"_s);
        QVERIFY(QTest::qWaitFor([&] { return noor.codeOf(u"say"_s) == u"success"_s; }, 10'000));
    }

    void a_user_is_limited_on_all_connections()
    {
        MiddlewareTest test;
        RateLimits limits({.perUser = two()});
        serve(test, &limits);
        const auto desk = test.join(user(u"noor"_s));
        const auto phone = test.join(user(u"noor"_s));
        const auto lena = test.join(user(u"lena"_s));
        QCOMPARE(desk.codeOf(u"say"_s), u"success"_s);
        QCOMPARE(phone.codeOf(u"say"_s), u"success"_s);
        QCOMPARE(desk.codeOf(u"say"_s), u"rate-limited"_s);
        QCOMPARE(phone.codeOf(u"say"_s), u"rate-limited"_s);
        QCOMPARE(lena.codeOf(u"say"_s), u"success"_s);
        QCOMPARE(test.join(user(u"noor"_s)).codeOf(u"say"_s), u"rate-limited"_s);
    }

    void an_address_is_limited_for_all_users()
    {
        MiddlewareTest test;
        RateLimits limits({.perAddress = two()});
        serve(test, &limits);
        QCOMPARE(test.join(user(u"noor"_s)).codeOf(u"say"_s), u"success"_s);
        QCOMPARE(test.join(user(u"lena"_s)).codeOf(u"say"_s), u"success"_s);
        QCOMPARE(test.join(user(u"elif"_s)).codeOf(u"say"_s), u"rate-limited"_s);
    }

    void who_does_not_stop_is_blocked()
    {
        MiddlewareTest test;
        RateLimits strict(
            {.perUser =
                 RateLimit{.burst = 1, .refill = 1h, .strikes = 2, .firstBlock = 2h, .longestBlock = 4h}});
        serve(test, &strict);
        QSignalSpy blocked(&strict, &RateLimits::blocked);
        const auto noor = test.join(user(u"noor"_s));
        QCOMPARE(noor.codeOf(u"say"_s), u"success"_s);
        QCOMPARE(noor.codeOf(u"say"_s), u"rate-limited"_s);
        QVERIFY(blocked.isEmpty());
        const auto error = noor.call(u"say"_s).toMap().value(u"error"_s).toMap();
        QCOMPARE(error.value(u"retryAfter"_s).toInteger(), 7'200'000);
        QCOMPARE(noor.codeOf(u"say"_s), u"rate-limited"_s);
        QCOMPARE(blocked.size(), 1);
        QCOMPARE(blocked.first().at(1).toString(), u"noor"_s);
        QCOMPARE(strict.blockedKeys(Scope::User), 1);
        QCOMPARE(strict.counters(Scope::User).blocks, 1u);
        QCOMPARE(strict.counters(Scope::User).blocked, 2u);
    }

    void connections_are_limited()
    {
        MiddlewareTest test;
        RateLimits limits({.connects = two()});
        serve(test, &limits);
        const auto first = test.join();
        const auto second = test.join();
        const auto third = test.start();
        QSignalSpy refused(third.socket, &SocketIo::Socket::connectError);
        QTRY_COMPARE(refused.size(), 1);
        const auto data = refused.first().at(1).value<QCborValue>().toMap();
        QCOMPARE(data.value(u"code"_s).toString(), u"rate-limited"_s);
        QVERIFY(data.value(u"retryAfter"_s).toInteger() > 3'000'000);
        QCOMPARE(test.nsp->sockets().size(), 2);
    }

    void without_the_limits_everything_passes()
    {
        MiddlewareTest test;
        auto limits = std::make_unique<RateLimits>(RateLimits::Limits{.perConnection = two()});
        connect(test.nsp, &SocketIo::Namespace::connection, this, [&](ServerSocket *socket) {
            socket->use(limits->events(socket));
            socket->on(u"say"_s, socket, [](const SocketIo::Event &event) {
                event.ack({QCborMap{{u"success"_s, true}}});
            });
        });
        const auto noor = test.join();
        limits.reset();
        for (int i = 0; i < 5; ++i)
            QCOMPARE(noor.codeOf(u"say"_s), u"success"_s);
    }
};

QTEST_GUILESS_MAIN(TestRateLimits)
#include "tst_ratelimits.moc"
