// SPDX-License-Identifier: MIT
#include "server-lite/middleware/tokenlifetime.h"
#include "tests/unit/middlewaretest.h"

#include <QtCore/QRegularExpression>

using namespace Hubbub;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using SocketIo::Event;
using SocketIo::ServerSocket;

/// What becomes of a socket whose token ends while it is there.
class TestTokenLifetime : public QObject
{
    Q_OBJECT

    const JwtKey key = JwtKey::randomHs256();
    const JwtPolicy policy{.leeway = 0s};

    JwtClaims claims(std::chrono::seconds life, const QString &subject = u"u1"_s) const
    {
        JwtClaims made;
        made.subject = subject;
        made.username = u"Noor"_s;
        made.expiresAt = QDateTime::currentDateTimeUtc().addSecs(life.count());
        return made;
    }
    QString token(const JwtClaims &claims) const { return QString::fromLatin1(Jwt::sign(claims, key)); }

    /// Everybody who comes gets a token of that life.
    void give(MiddlewareTest &test, std::chrono::seconds life, std::chrono::milliseconds notice = 1min)
    {
        connect(test.nsp, &SocketIo::Namespace::connection, this, [=, this](ServerSocket *socket) {
            m_lifetime = new TokenLifetime(socket, claims(life), key, policy, notice);
        });
    }
    /// The first arguments of the events of that name, as they come.
    std::shared_ptr<QList<QCborMap>> hear(const MiddlewareTest::Client &client, const QString &event)
    {
        auto heard = std::make_shared<QList<QCborMap>>();
        client.socket->on(event, client.socket, [heard](const QCborMap &payload) { heard->append(payload); });
        return heard;
    }

    QPointer<TokenLifetime> m_lifetime;

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }

    void the_end_is_announced_and_kept()
    {
        MiddlewareTest test;
        give(test, 2s);
        const auto noor = test.start();
        const auto announced = hear(noor, u"token-expiring"_s);
        const auto ended = hear(noor, u"token-expired"_s);
        QSignalSpy gone(noor.socket, &SocketIo::Socket::disconnected);
        QTRY_COMPARE(announced->size(), 1);
        const auto end =
            QDateTime::fromString(announced->first().value(u"expiresAt"_s).toString(), Qt::ISODate);
        QCOMPARE(end.toSecsSinceEpoch(), m_lifetime->claims().expiresAt.toSecsSinceEpoch());
        QVERIFY(noor.socket->isConnected());
        QVERIFY(ended->isEmpty());
        QVERIFY(gone.isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(gone.size(), 1, 10'000);
        QCOMPARE(gone.first().first().toString(), u"io server disconnect"_s);
        QCOMPARE(ended->size(), 1);
        QVERIFY(QDateTime::currentDateTimeUtc() >= end);
        QCOMPARE(announced->size(), 1);
    }

    void a_new_token_lets_it_stay()
    {
        MiddlewareTest test;
        give(test, 2s);
        const auto noor = test.start();
        const auto announced = hear(noor, u"token-expiring"_s);
        QTRY_COMPARE(announced->size(), 1);
        const auto firstEnd = m_lifetime->claims().expiresAt;
        QSignalSpy refreshed(m_lifetime, &TokenLifetime::refreshed);
        const auto later = claims(3600s);
        const auto answer = noor.call(u"refresh-token"_s, QCborMap{{u"token"_s, token(later)}}).toMap();
        QCOMPARE(answer.value(u"success"_s), QCborValue(true));
        QCOMPARE(answer.value(u"expiresAt"_s).toString(), later.expiresAt.toString(Qt::ISODate));
        QCOMPARE(refreshed.size(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(QDateTime::currentDateTimeUtc() > firstEnd.addSecs(1), 10'000);
        QVERIFY(noor.socket->isConnected());
        QCOMPARE(announced->size(), 1);
    }

    void a_wrong_token_changes_nothing_data()
    {
        QTest::addColumn<QCborValue>("argument");
        QTest::addColumn<QString>("code");
        const auto invalid = u"invalid-token"_s;
        const auto with = [](const QString &text) { return QCborValue(QCborMap{{u"token"_s, text}}); };
        QTest::newRow("nothing") << QCborValue(QCborMap()) << invalid;
        QTest::newRow("a text") << QCborValue(token(claims(60s))) << invalid;
        QTest::newRow("a number") << QCborValue(QCborMap{{u"token"_s, 7}}) << invalid;
        QTest::newRow("nonsense") << with(u"nonsense"_s) << invalid;
        QTest::newRow("expired") << with(token(claims(-60s))) << invalid;
        QTest::newRow("another server's")
            << with(QString::fromLatin1(Jwt::sign(claims(60s), JwtKey::randomHs256()))) << invalid;
        QTest::newRow("somebody else's") << with(token(claims(60s, u"u2"_s))) << u"other-subject"_s;
        auto guest = claims(60s);
        guest.guest = true;
        QTest::newRow("a guest of that name") << with(token(guest)) << u"other-subject"_s;
    }

    void a_wrong_token_changes_nothing()
    {
        QFETCH(QCborValue, argument);
        QFETCH(QString, code);
        MiddlewareTest test;
        give(test, 3600s);
        const auto noor = test.join();
        const auto end = m_lifetime->claims().expiresAt;
        QCOMPARE(noor.codeOf(u"refresh-token"_s, argument), code);
        QCOMPARE(m_lifetime->claims().expiresAt, end);
        QVERIFY(noor.socket->isConnected());
    }

    void a_token_without_end_ends_nothing()
    {
        MiddlewareTest test;
        connect(test.nsp, &SocketIo::Namespace::connection, this, [this](ServerSocket *socket) {
            auto eternal = claims(0s);
            eternal.expiresAt = {};
            m_lifetime = new TokenLifetime(socket, eternal, key, {.requireExpiry = false});
        });
        const auto noor = test.join();
        QVERIFY(!m_lifetime->findChild<QTimer *>() || !m_lifetime->findChild<QTimer *>()->isActive());
        auto eternal = claims(0s);
        eternal.expiresAt = {};
        const auto answer = noor.call(u"refresh-token"_s, QCborMap{{u"token"_s, token(eternal)}}).toMap();
        QVERIFY(answer.value(u"success"_s).toBool());
        QVERIFY(answer.value(u"expiresAt"_s).isNull());
    }

    void who_leaves_before_is_not_missed()
    {
        MiddlewareTest test;
        give(test, 1s);
        {
            const auto noor = test.join();
            QVERIFY(m_lifetime);
        }
        QTRY_VERIFY(!m_lifetime);
    }
};

QTEST_GUILESS_MAIN(TestTokenLifetime)
#include "tst_tokenlifetime.moc"
