// SPDX-License-Identifier: MIT
#include "server-lite/auth/guesttokens.h"
#include "server-lite/auth/passwordhash.h"
#include "server-lite/auth/personname.h"
#include "server-lite/auth/ratelimiter.h"
#include "server-lite/auth/secretfile.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace Hubbub;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestAuth : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void a_password_fits_its_own_hash_only()
    {
        const auto hash = PasswordHash::make("pass word ñ");
        QVERIFY(hash);
        QVERIFY(PasswordHash::check(*hash));
        QVERIFY(PasswordHash::verify("pass word ñ", *hash));
        QVERIFY(!PasswordHash::verify("pass word n", *hash));
        QVERIFY(*PasswordHash::make("pass word ñ") != *hash); // a salt of its own
    }

    void hashes_of_other_programs_data()
    {
        QTest::addColumn<QByteArray>("hash");
        QTest::addColumn<bool>("usable");
        QTest::addColumn<bool>("fits"); // the password "U*U"
        // Test vectors of crypt_blowfish.
        const QByteArray bcrypt = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
        QTest::newRow("bcrypt 2a") << bcrypt << true << true;
        QTest::newRow("bcrypt 2b") << QByteArray(bcrypt).replace("$2a$", "$2b$") << true << true;
        QTest::newRow("bcrypt 2y") << QByteArray(bcrypt).replace("$2a$", "$2y$") << true << true;
        QTest::newRow("other bcrypt") << QByteArray(bcrypt).replace("OeW", "OeX") << true << false;
        QTest::newRow("cut") << bcrypt.chopped(1) << false << false;
        QTest::newRow("salt only") << bcrypt.first(29) << false << false;
        QTest::newRow("plain text") << QByteArray("U*U") << false << false;
        QTest::newRow("DES") << QByteArray("CCNf8Sbh3HDfQ") << false << false;
        QTest::newRow("locked account") << QByteArray("*0") << false << false;
        QTest::newRow("empty") << QByteArray() << false << false;
        QTest::newRow("sample of the Admin UI")
            << QByteArray("$2b$10$heqvAkYMez.Va6Et2uXInOnkCT6/uQj1brkrbyG3LpopDklcq7ZOS") << false << false;
    }

    void hashes_of_other_programs()
    {
        QFETCH(QByteArray, hash);
        QFETCH(bool, usable);
        QFETCH(bool, fits);
        QCOMPARE(PasswordHash::check(hash).has_value(), usable);
        QCOMPARE(PasswordHash::verify("U*U", hash), fits);
    }

    void passwords_that_cannot_be()
    {
        const auto hash = *PasswordHash::make("x");
        for (const auto &password :
             {QByteArray(), QByteArray("x\0y", 3), QByteArray(512, 'x'), QByteArray(100'000, 'x')}) {
            QVERIFY(!PasswordHash::make(password));
            QVERIFY(!PasswordHash::verify(password, hash));
        }
    }

    void a_guest_gets_a_token_that_says_so()
    {
        const auto key = JwtKey::randomHs256();
        const GuestTokens guests(key, std::chrono::hours(2));
        const auto guest = guests.issue(u"  Noor   Ñ "_s);
        QVERIFY(guest);
        QCOMPARE(guest->username, u"Noor Ñ"_s);
        QVERIFY(QRegularExpression(u"^guest-[0-9a-z]{16}$"_s).match(guest->userId).hasMatch());
        const auto claims = Jwt::verify(guest->token, key);
        QVERIFY(claims);
        QCOMPARE(claims->subject, guest->userId);
        QCOMPARE(claims->username, guest->username);
        QVERIFY(claims->guest);
        QVERIFY(guests.issue(u"Noor"_s)->userId != guest->userId);
        const auto tomorrow = QDateTime::currentDateTimeUtc().addDays(1);
        QCOMPARE(Jwt::verify(guest->token, key, {}, tomorrow).error().code, u"token-expired"_s);
    }

    void a_guest_goes_on_under_the_same_id()
    {
        const auto key = JwtKey::randomHs256();
        const GuestTokens guests(key);
        const auto first = guests.issue(u"Noor"_s);
        const auto later = QDateTime::currentDateTimeUtc().addDays(80);
        QCOMPARE(Jwt::verify(first->token, key, {}, later).error().code, u"token-expired"_s);
        const auto again = guests.renew(first->token, u"Noor H"_s, later);
        QVERIFY(again);
        QCOMPARE(again->userId, first->userId);
        QCOMPARE(again->username, u"Noor H"_s);
        const auto claims = Jwt::verify(again->token, key, {}, later);
        QVERIFY(claims && claims->guest);
    }

    void who_may_not_be_renewed_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("code");
        QTest::newRow("nothing") << u"nothing"_s << u"token-malformed"_s;
        QTest::newRow("of another server") << u"foreign"_s << u"token-signature"_s;
        QTest::newRow("far too old") << u"old"_s << u"token-expired"_s;
        QTest::newRow("with an account") << u"account"_s << u"not-a-guest"_s;
        QTest::newRow("without a name") << u"nameless"_s << u"invalid-name"_s;
    }
    void who_may_not_be_renewed()
    {
        QFETCH(QString, kind);
        QFETCH(QString, code);
        const auto key = JwtKey::randomHs256();
        const GuestTokens guests(key);
        JwtClaims account;
        account.subject = u"u1"_s;
        account.username = u"Noor"_s;
        account.expiresAt = QDateTime::currentDateTimeUtc().addDays(1);
        const QByteArray token = kind == "nothing"_L1 ? QByteArray()
                                 : kind == "foreign"_L1
                                     ? GuestTokens(JwtKey::randomHs256()).issue(u"Noor"_s)->token
                                 : kind == "account"_L1 ? Jwt::sign(account, key)
                                                        : guests.issue(u"Noor"_s)->token;
        const auto now = QDateTime::currentDateTimeUtc().addDays(kind == "old"_L1 ? 92 : 0);
        const auto renewed = guests.renew(token, kind == "nameless"_L1 ? QString() : u"Noor"_s, now);
        QVERIFY(!renewed);
        QCOMPARE(renewed.error().code, code);
    }

    void guest_names_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("fits");
        QTest::newRow("one letter") << u"N"_s << true;
        QTest::newRow("forty") << QString(40, u'n') << true;
        QTest::newRow("forty of two units each") << u"😀"_s.repeated(40) << true;
        QTest::newRow("markup is only text") << u"<b>Noor</b>"_s << true;
        QTest::newRow("none") << QString() << false;
        QTest::newRow("blanks") << u" \t\u00a0"_s << false;
        QTest::newRow("forty-one") << QString(41, u'n') << false;
        QTest::newRow("a megabyte") << QString(1'000'000, u'n') << false;
        QTest::newRow("newline") << u"No\nor"_s << false;
        QTest::newRow("zero") << u"No\0or"_s << false;
        QTest::newRow("turned writing direction") << u"\u202eroon"_s << false;
        QTest::newRow("zero width") << u"No\u200bor"_s << false;
        QTest::newRow("a letter that is blank") << u"\u3164"_s << false;
        QTest::newRow("an empty Braille cell") << u"Noor\u2800"_s << false;
        QTest::newRow("a tag beyond the first plane") << u"Noor\U000e0041"_s << false;
        QTest::newRow("for private use") << u"Noor\ue000"_s << false;
        QTest::newRow("marks without a letter") << u"\u0301Noor"_s << false;
        QTest::newRow("a pile of marks") << u"N\u0301\u0302\u0303\u0304\u0305\u0306oor"_s << false;
        QTest::newRow("Vietnamese, decomposed") << u"Nguye\u0302\u0303n"_s << true;
        QTest::newRow("Hindi") << u"\u0928\u0942\u0930"_s << true;
        QTest::newRow("half a character") << QString(QChar(0xd83d)) << false;
    }

    void guest_names()
    {
        QFETCH(QString, name);
        QFETCH(bool, fits);
        const auto guest = GuestTokens(JwtKey::randomHs256()).issue(name);
        QCOMPARE(guest.has_value(), fits);
        if (!fits)
            QCOMPARE(guest.error().code, u"invalid-name"_s);
    }

    void names_that_read_the_same_have_one_key()
    {
        const auto key = PersonName::key(u"Noor Ñ"_s);
        for (const auto &name : {u"noor ñ"_s, u"NOOR N\u0303"_s, u" Noor  Ñ"_s, u"Ｎｏｏｒ　Ñ"_s})
            QCOMPARE(PersonName::key(name), key);
        for (const auto &name : {u"Noor N"_s, u"NoorÑ"_s, u"Noor Ñ (2)"_s})
            QVERIFY(PersonName::key(name) != key);
    }

    void a_burst_then_one_at_a_time()
    {
        RateLimiter limiter(3, 1s);
        const QHostAddress noor(u"192.0.2.1"_s);
        const QHostAddress elif (u"192.0.2.2"_s);
        RateLimiter::Clock::time_point t{1h};
        for (int i = 0; i < 3; ++i)
            QVERIFY(limiter.tryTake(noor, t));
        QVERIFY(!limiter.tryTake(noor, t));
        QVERIFY(limiter.retryAfter(noor, t) == 1s);
        QVERIFY(limiter.tryTake(elif, t)); // nobody pays for another
        QVERIFY(!limiter.tryTake(noor, t + 999ms));
        QVERIFY(limiter.tryTake(noor, t + 1s));
        QVERIFY(!limiter.tryTake(noor, t + 1s));
        QVERIFY(limiter.retryAfter(noor, t + 10s) == 0ms);
        for (int i = 0; i < 3; ++i) // a long rest gives the burst back, and no more
            QVERIFY(limiter.tryTake(noor, t + 1h));
        QVERIFY(!limiter.tryTake(noor, t + 1h));
    }

    void one_household_is_one_address()
    {
        RateLimiter limiter(1, 1s);
        RateLimiter::Clock::time_point t{1h};
        QVERIFY(limiter.tryTake(QHostAddress(u"2001:db8:1:2::1"_s), t));
        QVERIFY(!limiter.tryTake(QHostAddress(u"2001:db8:1:2:ffff::9"_s), t));
        QVERIFY(limiter.tryTake(QHostAddress(u"2001:db8:1:3::1"_s), t));
        QVERIFY(limiter.tryTake(QHostAddress(u"192.0.2.1"_s), t));
        QVERIFY(
            !limiter.tryTake(QHostAddress(u"::ffff:192.0.2.1"_s), t)); // the same peer on a dual-stack socket
    }

    void many_addresses_stay_bounded()
    {
        RateLimiter limiter(1, 1s, 100);
        RateLimiter::Clock::time_point t{1h};
        int passed = 0;
        for (quint32 i = 0; i < 10'000; ++i)
            passed += limiter.tryTake(QHostAddress(i), t) ? 1 : 0;
        QCOMPARE(passed, 101); // each of a hundred, and one bucket for all others
        QVERIFY(limiter.trackedKeys() <= 101);
        QVERIFY(limiter.tryTake(QHostAddress(quint32(77'777)), t + 2s)); // full buckets are forgotten
        QVERIFY(limiter.trackedKeys() <= 2);
    }

    void a_secret_is_made_once_and_kept_private()
    {
        QTemporaryDir dir;
        const auto path = dir.filePath(u"jwt-secret"_s);
        const auto first = SecretFile::readOrCreate(path);
        QVERIFY(first);
        QCOMPARE(first->size(), 64);
        QCOMPARE(SecretFile::readOrCreate(path).value(), *first);
        QCOMPARE(SecretFile::read(path).value(), *first);
        const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther
                            | QFileDevice::WriteOther;
        QVERIFY(!(QFile::permissions(path) & others));
    }

    void a_secret_that_cannot_be_had()
    {
        QTemporaryDir dir;
        const auto path = dir.filePath(u"missing/jwt-secret"_s);
        QCOMPARE(SecretFile::read(path).error().code, u"secret-unreadable"_s);
        QCOMPARE(SecretFile::readOrCreate(path).error().code, u"secret-not-writable"_s);
        QFile empty(dir.filePath(u"empty"_s));
        QVERIFY(empty.open(QIODevice::WriteOnly));
        QVERIFY(empty.write(" \n") > 0);
        empty.close();
        QCOMPARE(SecretFile::readOrCreate(empty.fileName()).error().code, u"secret-empty"_s);
    }
};

QTEST_APPLESS_MAIN(TestAuth)
#include "tst_auth.moc"
