// SPDX-License-Identifier: MIT
#include "server-lite/auth/jwt.h"
#include "tests/support/pemkeys.h"

#include <QtCore/QRegularExpression>
#include <QtTest/QTest>

#include <openssl/hmac.h>

using namespace Hubbub;
using namespace Qt::StringLiterals;

namespace
{

const auto urlBase64 = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
const QDateTime now = QDateTime::fromSecsSinceEpoch(1'700'000'000, Qt::UTC);
const QByteArray goodClaims = R"({"sub":"u1","username":"Noor","exp":1700003600})";
const QByteArrayList algorithms{"RS256", "ES256", "EdDSA"};

/// One pair of each algorithm for the whole program: an RSA key takes its time.
const PemKeys &pems(const QByteArray &algorithm)
{
    static const QHash<QByteArray, PemKeys> made{
        {"RS256", PemKeys::rsa()}, {"ES256", PemKeys::ec()}, {"EdDSA", PemKeys::ed25519()}};
    return *made.constFind(algorithm);
}

JwtKey publicKey(const QByteArray &algorithm)
{
    return *JwtKey::fromPublicPem(pems(algorithm).publicPem);
}

JwtKey privateKey(const QByteArray &algorithm)
{
    return *JwtKey::fromPrivatePem(pems(algorithm).privatePem);
}

QByteArray header(const QByteArray &algorithm)
{
    return "{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}";
}

QByteArray segments(const QByteArray &head, const QByteArray &claims)
{
    return head.toBase64(urlBase64) + '.' + claims.toBase64(urlBase64);
}

QByteArray token(const QByteArray &head, const QByteArray &claims, const JwtKey &key)
{
    const auto input = segments(head, claims);
    return input + '.' + key.sign(input).toBase64(urlBase64);
}

QByteArray withSignature(const QByteArray &input, const QByteArray &signature)
{
    return input + '.' + signature.toBase64(urlBase64);
}

QByteArray hmac(const QByteArray &secret, const QByteArray &input)
{
    QByteArray mac(32, Qt::Uninitialized);
    HMAC(EVP_sha256(), secret.constData(), int(secret.size()),
         reinterpret_cast<const unsigned char *>(input.constData()), size_t(input.size()),
         reinterpret_cast<unsigned char *>(mac.data()), nullptr);
    return mac;
}

QByteArray pem(const QByteArray &der)
{
    return "-----BEGIN PUBLIC KEY-----\n" + der.toBase64() + "\n-----END PUBLIC KEY-----\n";
}

QByteArray plain(const QByteArray &text)
{
    return QByteArray::fromBase64(text, urlBase64);
}

/// The same number behind other bytes: what DER would allow and JOSE does not.
QByteArray swapHalves(const QByteArray &signature)
{
    return signature.sliced(32) + signature.first(32);
}

} // namespace

class TestJwtKeys : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }

    void what_the_private_key_signs_the_public_key_knows_data() { addAlgorithms(); }

    void what_the_private_key_signs_the_public_key_knows()
    {
        QFETCH(QByteArray, algorithm);
        JwtClaims claims;
        claims.subject = u"u1"_s;
        claims.username = u"Noor"_s;
        claims.expiresAt = now.addSecs(60);
        QVERIFY(privateKey(algorithm).canSign());
        QVERIFY(!publicKey(algorithm).canSign());
        QVERIFY(publicKey(algorithm).sign("x").isEmpty());
        const auto made = Jwt::sign(claims, privateKey(algorithm));
        QVERIFY(QByteArray::fromBase64(made.split('.')[0], urlBase64).contains('"' + algorithm + '"'));
        const auto read = Jwt::verify(made, publicKey(algorithm), {}, now);
        QVERIFY2(read, read ? "" : qPrintable(read.error().code));
        QCOMPARE(read->subject, u"u1"_s);
    }

    /// RFC 7515, A.3 (ES256) and RFC 8037, A.4 (EdDSA): their keys, inputs and signatures.
    void the_signatures_are_those_of_the_standards_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QByteArray>("signature");
        QTest::newRow("ES256")
            << pem(QByteArray::fromHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004")
                   + plain("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU")
                   + plain("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"))
            << QByteArray("eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9l"
                          "eGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ")
            << QByteArray("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6"
                          "NU1Q");
        QTest::newRow("EdDSA")
            << pem(QByteArray::fromHex("302a300506032b6570032100")
                   + plain("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"))
            << QByteArray("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc")
            << QByteArray("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM"
                          "0KAg");
    }

    void the_signatures_are_those_of_the_standards()
    {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, input);
        QFETCH(QByteArray, signature);
        const auto loaded = JwtKey::fromPublicPem(key);
        QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error().cause));
        QVERIFY(loaded->verify(input, plain(signature)));
        QVERIFY(!loaded->verify(input + 'x', plain(signature)));
    }

    void attacks_are_refused_data()
    {
        QTest::addColumn<QByteArray>("algorithm");
        QTest::addColumn<QByteArray>("attack");
        QTest::addColumn<QString>("code");
        for (const auto &algorithm : algorithms)
            addAttacks(algorithm);
        const auto input = segments(header("ES256"), goodClaims);
        const auto signature = privateKey("ES256").sign(input);
        const auto row = [](const char *name, const QByteArray &attack) {
            QTest::addRow("ES256: %s", name) << QByteArray("ES256") << attack << u"token-signature"_s;
        };
        const auto der = QByteArray::fromHex("30440220") + signature.first(32) + QByteArray::fromHex("0220")
                         + signature.sliced(32);
        row("DER instead of r and s", withSignature(input, der));
        row("r and s swapped", withSignature(input, swapHalves(signature)));
        row("r of zero", withSignature(input, QByteArray(32, '\0') + signature.sliced(32)));
        row("s of zero", withSignature(input, signature.first(32) + QByteArray(32, '\0')));
        row("r and s of the order", withSignature(input, order() + order()));
        row("r and s of one byte", withSignature(input, QByteArray("\x01\x01", 2)));
        row("r and s widened",
            withSignature(input, '\0' + signature.first(32) + '\0' + signature.sliced(32)));
    }

    void attacks_are_refused()
    {
        QFETCH(QByteArray, algorithm);
        QFETCH(QByteArray, attack);
        QFETCH(QString, code);
        const auto good = token(header(algorithm), goodClaims, privateKey(algorithm));
        QVERIFY(Jwt::verify(good, publicKey(algorithm), {}, now)); // but for the attack, it would do
        const auto claims = Jwt::verify(attack, publicKey(algorithm), {}, now);
        QVERIFY(!claims);
        QCOMPARE(claims.error().code, code);
    }

    void unfit_keys_are_refused_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("sentence");
        const auto notPem = u"This is not a public key in PEM (\"BEGIN PUBLIC KEY\")."_s;
        QTest::newRow("nothing") << QByteArray() << notPem;
        QTest::newRow("words") << QByteArray("the key") << notPem;
        QTest::newRow("PEM of nothing") << pem({}) << notPem;
        QTest::newRow("PEM of garbage") << pem(QByteArray(90, 'x')) << notPem;
        QTest::newRow("cut in the middle") << pems("RS256").publicPem.first(200) << notPem;
        QTest::newRow("a megabyte") << QByteArray(1'000'000, 'A') << notPem;
        const auto isPrivate =
            u"This is a private key. Give the server only its public half: openssl pkey -pubout."_s;
        for (const auto &algorithm : algorithms)
            QTest::addRow("private %s", algorithm.constData()) << pems(algorithm).privatePem << isPrivate;
        QTest::newRow("RSA of 1024 bits") << PemKeys::rsa(1024).publicPem
                                          << u"The RSA key has 1024 bits; tokens need one of 2048 to 8192."_s;
        const auto curve = u"The elliptic-curve key is not on P-256, which ES256 needs."_s;
        QTest::newRow("P-384") << PemKeys::ec("P-384").publicPem << curve;
        QTest::newRow("secp256k1") << PemKeys::ec("secp256k1").publicPem << curve;
        const auto kind = u"Keys of this kind sign no tokens here. Use RSA, P-256 or Ed25519."_s;
        QTest::newRow("Ed448") << PemKeys::other("ED448").publicPem << kind;
        QTest::newRow("X25519") << PemKeys::other("X25519").publicPem << kind;
    }

    void unfit_keys_are_refused()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, sentence);
        const auto key = JwtKey::fromPublicPem(content);
        QVERIFY(!key);
        QCOMPARE(key.error().code, u"invalid-key"_s);
        QCOMPARE(key.error().message, sentence);
    }

    void a_public_key_is_no_secret_data() { addAlgorithms(); }

    void a_public_key_is_no_secret()
    {
        QFETCH(QByteArray, algorithm);
        const auto key = JwtKey::hs256(pems(algorithm).publicPem);
        QVERIFY(!key);
        QCOMPARE(key.error().code, u"public-key-as-secret"_s);
    }

    void a_public_key_file_is_no_private_key()
    {
        QVERIFY(!JwtKey::fromPrivatePem(pems("EdDSA").publicPem));
        QVERIFY(!JwtKey::fromPrivatePem({}));
    }

private:
    static void addAlgorithms()
    {
        QTest::addColumn<QByteArray>("algorithm");
        for (const auto &algorithm : algorithms)
            QTest::newRow(algorithm.constData()) << algorithm;
    }

    /// The order of P-256's group: as good as zero, and not zero.
    static QByteArray order()
    {
        return QByteArray::fromHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    }

    static void addAttacks(const QByteArray &algorithm)
    {
        const auto key = privateKey(algorithm);
        const auto &publicPem = pems(algorithm).publicPem;
        const auto input = segments(header(algorithm), goodClaims);
        const auto signature = key.sign(input);
        const auto row = [&](const QString &name, const QByteArray &attack, const QString &code) {
            QTest::addRow("%s: %s", algorithm.constData(), qPrintable(name)) << algorithm << attack << code;
        };
        for (const char *other : {"none", "None", "nOnE", "", "HS256", "HS512", "RS256", "RS512", "PS256",
                                  "ES256", "ES384", "EdDSA", "rs256"}) {
            if (other == algorithm)
                continue;
            const auto name = u"alg '%1'"_s.arg(QLatin1StringView(other));
            const auto head = header(other);
            row(name + u", signed"_s, token(head, goodClaims, key), u"token-algorithm"_s);
            row(name + u", unsigned"_s, segments(head, goodClaims) + '.', u"token-algorithm"_s);
        }
        const auto confused = segments(header("HS256"), goodClaims);
        row(u"public key as the secret of HS256"_s, withSignature(confused, hmac(publicPem, confused)),
            u"token-algorithm"_s);
        row(u"public key as the secret, without its last newline"_s,
            withSignature(confused, hmac(publicPem.trimmed(), confused)), u"token-algorithm"_s);
        row(u"HMAC by the public key under its own alg"_s, withSignature(input, hmac(publicPem, input)),
            u"token-signature"_s);

        for (const auto &kid : {"../../../../dev/null", "' UNION SELECT 'x", "https://evil.example/k"}) {
            const auto head = "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + kid + "\"}";
            row(u"kid %1, signed with nothing"_s.arg(QLatin1StringView(kid)),
                withSignature(segments(head, goodClaims), hmac({}, segments(head, goodClaims))),
                u"token-signature"_s);
        }
        const auto stranger = algorithm == "RS256"   ? PemKeys::rsa()
                              : algorithm == "ES256" ? PemKeys::ec()
                                                     : PemKeys::ed25519();
        const auto strange = *JwtKey::fromPrivatePem(stranger.privatePem);
        row(u"another's key"_s, token(header(algorithm), goodClaims, strange), u"token-signature"_s);
        row(u"another's key that came along"_s,
            token("{\"alg\":\"" + algorithm
                      + "\",\"jwk\":{\"kty\":\"OKP\"},\"x5u\":\"https://evil.example\"}",
                  goodClaims, strange),
            u"token-signature"_s);

        row(u"no signature"_s, input + '.', u"token-signature"_s);
        row(u"signature of zeros"_s, withSignature(input, QByteArray(signature.size(), '\0')),
            u"token-signature"_s);
        row(u"signature cut"_s, withSignature(input, signature.chopped(1)), u"token-signature"_s);
        row(u"signature longer"_s, withSignature(input, signature + '\0'), u"token-signature"_s);
        row(u"signature of 4 KB"_s, withSignature(input, QByteArray(4096, 'x')), u"token-signature"_s);
        row(u"other claims"_s,
            withSignature(segments(header(algorithm), R"({"sub":"root","username":"r","exp":1700003600})"),
                          signature),
            u"token-signature"_s);

        const auto says = [&](const char *claims) { return token(header(algorithm), claims, key); };
        row(u"exp missing"_s, says(R"({"sub":"u1","username":"Noor"})"), u"token-claims"_s);
        row(u"exp huge"_s, says(R"({"sub":"u1","username":"Noor","exp":1e300})"), u"token-claims"_s);
        row(u"exp of 64 bits"_s, says(R"({"sub":"u1","username":"Noor","exp":9223372036854775807})"),
            u"token-claims"_s);
        row(u"expired"_s, says(R"({"sub":"u1","username":"Noor","exp":1699999970})"), u"token-expired"_s);

        const auto good = withSignature(input, signature);
        row(u"a megabyte"_s, good + QByteArray(1'000'000, 'A'), u"token-malformed"_s);
        row(u"blank before"_s, ' ' + good, u"token-malformed"_s);
        row(u"blank after"_s, good + ' ', u"token-malformed"_s);
        row(u"newline after"_s, good + '\n', u"token-malformed"_s);
        row(u"newline inside"_s, QByteArray(good).insert(good.size() - 20, '\n'), u"token-malformed"_s);
    }
};

QTEST_APPLESS_MAIN(TestJwtKeys)
#include "tst_jwtkeys.moc"
