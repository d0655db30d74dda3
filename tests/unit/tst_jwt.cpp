// SPDX-License-Identifier: MIT
#include "server-lite/auth/jwt.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtTest/QTest>

using namespace Hubbub;
using namespace Qt::StringLiterals;

namespace
{

const auto urlBase64 = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
const QByteArray secret = "a secret of thirty-two bytes, 32";
const QDateTime now = QDateTime::fromSecsSinceEpoch(1'700'000'000, Qt::UTC);
const QByteArray plainHeader = R"({"alg":"HS256","typ":"JWT"})";
const QByteArray goodClaims = R"({"sub":"u1","username":"Noor","exp":1700003600})";

JwtKey key()
{
    return *JwtKey::hs256(secret);
}

QByteArray segments(const QByteArray &header, const QByteArray &payload)
{
    return header.toBase64(urlBase64) + '.' + payload.toBase64(urlBase64);
}

QByteArray claimsFor(const QByteArray &username)
{
    return "{\"sub\":\"u1\",\"exp\":1700003600,\"username\":\"" + username + "\"}";
}

/// A token whose signature is right, whatever it says.
QByteArray signedToken(const QByteArray &header, const QByteArray &payload)
{
    const auto input = segments(header, payload);
    return input + '.' + key().sign(input).toBase64(urlBase64);
}

} // namespace

class TestJwt : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void what_is_signed_is_verified()
    {
        JwtClaims claims;
        claims.subject = u"u1"_s;
        claims.username = u"Noor Ñ 語"_s;
        claims.guest = true;
        claims.roles = QStringList{u"moderator"_s, u"Gärtner"_s};
        claims.issuedAt = now;
        claims.notBefore = now;
        claims.expiresAt = now.addSecs(60);
        const auto read = Jwt::verify(Jwt::sign(claims, key()), key(), {}, now);
        QVERIFY2(read, read ? "" : qPrintable(read.error().cause));
        QCOMPARE(read->subject, claims.subject);
        QCOMPARE(read->username, claims.username);
        QCOMPARE(read->guest, true);
        QCOMPARE(read->roles, claims.roles);
        QCOMPARE(read->issuedAt, claims.issuedAt);
        QCOMPARE(read->notBefore, claims.notBefore);
        QCOMPARE(read->expiresAt, claims.expiresAt);
    }

    /// The example of RFC 7515, A.1: its key, its signing input, its signature.
    void the_signature_is_the_one_of_the_standard()
    {
        const auto rfcKey = JwtKey::hs256(QByteArray::fromBase64(
            "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
            urlBase64));
        QVERIFY(rfcKey);
        const QByteArray input =
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
            "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290"
            "Ijp0cnVlfQ";
        QCOMPARE(rfcKey->sign(input).toBase64(urlBase64), "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    }

    void accepted_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::newRow("plain") << signedToken(plainHeader, goodClaims);
        QTest::newRow("no typ") << signedToken(R"({"alg":"HS256"})", goodClaims);
        QTest::newRow("typ in small letters") << signedToken(R"({"typ":"jwt","alg":"HS256"})", goodClaims);
        QTest::newRow("kid is not followed, the key stays ours")
            << signedToken(R"({"alg":"HS256","kid":"../../../../dev/null"})", goodClaims);
        QTest::newRow("claims of others") << signedToken(
            plainHeader, R"({"sub":"u1","username":"Noor","exp":1700003600,"roles":["x"],"aud":"y"})");
        QTest::newRow("exp with a fraction")
            << signedToken(plainHeader, R"({"sub":"u1","username":"Noor","exp":1700003600.5})");
        QTest::newRow("expired within the leeway")
            << signedToken(plainHeader, R"({"sub":"u1","username":"Noor","exp":1699999971})");
        QTest::newRow("early within the leeway") << signedToken(
            plainHeader, R"({"sub":"u1","username":"Noor","exp":1700003600,"nbf":1700000030})");
        QTest::newRow("name of 128") << signedToken(plainHeader, claimsFor(QByteArray(128, 'n')));
    }

    void accepted()
    {
        QFETCH(QByteArray, token);
        const auto claims = Jwt::verify(token, key(), {}, now);
        QVERIFY2(claims, claims ? "" : qPrintable(claims.error().code + u' ' + claims.error().cause));
        QCOMPARE(claims->subject, u"u1"_s);
    }

    void refused_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<QString>("code");

        const auto good = signedToken(plainHeader, goodClaims);
        const auto input = segments(plainHeader, goodClaims);
        const auto form = u"token-malformed"_s;
        QTest::newRow("nothing") << QByteArray() << form;
        QTest::newRow("a word") << QByteArray("token") << form;
        QTest::newRow("two segments") << input << form;
        QTest::newRow("four segments") << good + ".e30" << form;
        QTest::newRow("doubled payload")
            << plainHeader.toBase64(urlBase64) + '.' + goodClaims.toBase64(urlBase64) + '.'
                   + good.split('.')[1] + '.' + good.split('.')[2]
            << form;
        QTest::newRow("empty segments") << QByteArray("..") << form;
        QTest::newRow("megabyte") << QByteArray(1'000'000, 'a') << form;
        QTest::newRow("megabyte of dots") << QByteArray(1'000'000, '.') << form;
        QTest::newRow("one byte too long")
            << good + QByteArray(Jwt::maxTokenBytes + 1 - good.size(), 'A') << form;
        QTest::newRow("blank before") << ' ' + good << form;
        QTest::newRow("blank after") << good + ' ' << form;
        QTest::newRow("newline after") << good + '\n' << form;
        QTest::newRow("blank inside") << QByteArray(good).insert(10, ' ') << form;
        QTest::newRow("zero byte after") << good + '\0' << form;
        QTest::newRow("padding after") << good + '=' << form;
        QTest::newRow("standard alphabet")
            << input + '.' + QByteArray(32, '\xff').toBase64(QByteArray::OmitTrailingEquals) << form;
        QTest::newRow("stray bits in the signature")
            << good.chopped(1) + (good.back() == 'A' ? 'B' : char(good.back() + 1)) << form;
        QTest::newRow("header not JSON") << signedToken("alg:HS256", goodClaims) << form;
        QTest::newRow("header a list") << signedToken(R"(["HS256"])", goodClaims) << form;
        QTest::newRow("critical extension")
            << signedToken(R"({"alg":"HS256","crit":["b64"],"b64":false})", goodClaims) << form;
        QTest::newRow("other type") << signedToken(R"({"alg":"HS256","typ":"JWE"})", goodClaims) << form;
        QTest::newRow("payload not JSON") << signedToken(plainHeader, "sub=u1") << form;
        QTest::newRow("payload a list") << signedToken(plainHeader, "[]") << form;
        QTest::newRow("payload with more behind") << signedToken(plainHeader, goodClaims + "{}") << form;

        const auto algorithm = u"token-algorithm"_s;
        for (const char *name :
             {"none", "None", "NONE", "nOnE", "", "hs256", "HS384", "HS512", "RS256", "ES256", "EdDSA"}) {
            const auto header = "{\"alg\":\"" + QByteArray(name) + "\",\"typ\":\"JWT\"}";
            QTest::addRow("alg '%s', signed", name) << signedToken(header, goodClaims) << algorithm;
            QTest::addRow("alg '%s', unsigned", name) << segments(header, goodClaims) + '.' << algorithm;
        }
        QTest::newRow("alg missing") << signedToken(R"({"typ":"JWT"})", goodClaims) << algorithm;
        QTest::newRow("alg a list") << signedToken(R"({"alg":["HS256"]})", goodClaims) << algorithm;
        QTest::newRow("alg null") << signedToken(R"({"alg":null})", goodClaims) << algorithm;
        QTest::newRow("alg twice, none last")
            << signedToken(R"({"alg":"HS256","alg":"none"})", goodClaims) << algorithm;

        const auto signature = u"token-signature"_s;
        QTest::newRow("no signature") << input + '.' << signature;
        QTest::newRow("signature of zeros")
            << input + '.' + QByteArray(32, '\0').toBase64(urlBase64) << signature;
        QTest::newRow("signature cut")
            << input + '.' + key().sign(input).first(31).toBase64(urlBase64) << signature;
        QTest::newRow("signature longer")
            << input + '.' + (key().sign(input) + 'x').toBase64(urlBase64) << signature;
        QTest::newRow("other key") << input + '.' + JwtKey::randomHs256().sign(input).toBase64(urlBase64)
                                   << signature;
        QTest::newRow("key of zero bytes, by kid")
            << segments(R"({"alg":"HS256","kid":"/dev/null"})", goodClaims) + '.'
                   + JwtKey::hs256(QByteArray(32, '\0'))->sign(input).toBase64(urlBase64)
            << signature;
        QTest::newRow("key that came along")
            << segments(R"({"alg":"HS256","jwk":{"kty":"oct","k":"AA"}})", goodClaims) + '.'
                   + JwtKey::randomHs256().sign(input).toBase64(urlBase64)
            << signature;
        QTest::newRow("other payload")
            << segments(plainHeader, R"({"sub":"root","username":"x","exp":1700003600})") + '.'
                   + key().sign(input).toBase64(urlBase64)
            << signature;

        const auto claims = u"token-claims"_s;
        const auto with = [](const char *json) { return signedToken(plainHeader, json); };
        QTest::newRow("exp missing") << with(R"({"sub":"u1","username":"Noor"})") << claims;
        QTest::newRow("exp null") << with(R"({"sub":"u1","username":"Noor","exp":null})") << claims;
        QTest::newRow("exp as text") << with(R"({"sub":"u1","username":"Noor","exp":"1700003600"})")
                                     << claims;
        QTest::newRow("exp in milliseconds")
            << with(R"({"sub":"u1","username":"Noor","exp":1700003600000})") << claims;
        QTest::newRow("exp huge") << with(R"({"sub":"u1","username":"Noor","exp":1e300})") << claims;
        QTest::newRow("exp of 64 bits")
            << with(R"({"sub":"u1","username":"Noor","exp":9223372036854775807})") << claims;
        QTest::newRow("exp in 20 years")
            << with(R"({"sub":"u1","username":"Noor","exp":2331152000})") << claims;
        QTest::newRow("exp negative") << with(R"({"sub":"u1","username":"Noor","exp":-5})") << claims;
        QTest::newRow("sub missing") << with(R"({"username":"Noor","exp":1700003600})") << claims;
        QTest::newRow("sub empty") << with(R"({"sub":"","username":"Noor","exp":1700003600})") << claims;
        QTest::newRow("sub a number") << with(R"({"sub":7,"username":"Noor","exp":1700003600})") << claims;
        QTest::newRow("sub with a zero")
            << with(R"({"sub":"u\u0000","username":"Noor","exp":1700003600})") << claims;
        QTest::newRow("username missing") << with(R"({"sub":"u1","exp":1700003600})") << claims;
        QTest::newRow("username an object")
            << with(R"({"sub":"u1","username":{},"exp":1700003600})") << claims;
        QTest::newRow("roles a text")
            << with(R"({"sub":"u1","username":"N","roles":"admin","exp":1700003600})") << claims;
        QTest::newRow("roles of numbers")
            << with(R"({"sub":"u1","username":"N","roles":[1],"exp":1700003600})") << claims;
        QTest::newRow("roles with an empty one")
            << with(R"({"sub":"u1","username":"N","roles":["a",""],"exp":1700003600})") << claims;
        QTest::newRow("33 roles") << signedToken(
            plainHeader, "{\"sub\":\"u1\",\"username\":\"N\",\"exp\":1700003600,\"roles\":[\"a\""
                             + QByteArray(",\"a\"").repeated(32) + "]}")
                                  << claims;
        QTest::newRow("guest a text")
            << with(R"({"sub":"u1","username":"N","guest":"yes","exp":1700003600})") << claims;
        QTest::newRow("username of 129")
            << signedToken(plainHeader, claimsFor(QByteArray(129, 'n'))) << claims;

        QTest::newRow("expired") << with(R"({"sub":"u1","username":"Noor","exp":1699999970})")
                                 << u"token-expired"_s;
        QTest::newRow("expired in 1970")
            << with(R"({"sub":"u1","username":"Noor","exp":0})") << u"token-expired"_s;
        QTest::newRow("not yet") << with(
            R"({"sub":"u1","username":"Noor","exp":1700003600,"nbf":1700000031})")
                                 << u"token-not-yet-valid"_s;
    }

    void refused()
    {
        QFETCH(QByteArray, token);
        QFETCH(QString, code);
        const auto claims = Jwt::verify(token, key(), {}, now);
        QVERIFY(!claims);
        QCOMPARE(claims.error().code, code);
        QVERIFY(claims.error().message.endsWith(u'.'));
    }

    void a_token_without_end_is_accepted_only_where_allowed()
    {
        const auto token = signedToken(plainHeader, R"({"sub":"u1","username":"Noor"})");
        JwtPolicy policy;
        QVERIFY(!Jwt::verify(token, key(), policy, now));
        policy.requireExpiry = false;
        const auto claims = Jwt::verify(token, key(), policy, now);
        QVERIFY(claims);
        QVERIFY(claims->expiresAt.isNull());
    }

    void a_short_secret_is_refused()
    {
        QVERIFY(!JwtKey::hs256({}));
        const auto result = JwtKey::hs256(QByteArray(31, 's'));
        QVERIFY(!result);
        QCOMPARE(result.error().code, u"weak-secret"_s);
        QVERIFY(JwtKey::hs256(QByteArray(32, 's')));
    }

    void random_keys_differ() { QVERIFY(JwtKey::randomHs256().sign("x") != JwtKey::randomHs256().sign("x")); }
};

QTEST_APPLESS_MAIN(TestJwt)
#include "tst_jwt.moc"
