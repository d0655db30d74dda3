// SPDX-License-Identifier: MIT
#include "server-lite/cli/commandline.h"
#include "server-lite/gateway/serverkey.h"
#include "tests/support/pemkeys.h"
#include "tests/unit/gatewaypeer.h"
#include "tests/unit/serverprogram.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtCore/QUrl>
#include <QtNetwork/QTcpServer>
#include <QtTest/QTest>

#include <algorithm>
#include <functional>
#include <sys/stat.h>
#include <unistd.h>

using namespace Hubbub;
using namespace Qt::StringLiterals;

namespace
{

QString tokenFor(const QString &data, const QString &user)
{
    Program program({u"--data"_s, data, u"--issue-token"_s, user, u"--name"_s, u"Noor"_s});
    return program.exitCode() == 0 ? program.output().trimmed() : QString();
}

} // namespace

class TestHubbubServer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void it_says_when_it_is_ready_and_stops_in_good_order_data()
    {
        QTest::addColumn<bool>("withPeople");
        QTest::newRow("nobody there") << false;
        QTest::newRow("somebody there") << true;
    }

    void it_says_when_it_is_ready_and_stops_in_good_order()
    {
        QFETCH(bool, withPeople);
        QTemporaryDir dir;
        const auto data = dir.filePath(u"data"_s);
        const auto token = tokenFor(data, u"u1"_s);
        QVERIFY(!token.isEmpty());
        Program program({u"--port"_s, u"0"_s, u"--data"_s, data});
        const auto port = program.port();
        QVERIFY(port > 0);
        QCOMPARE(program.line(), u"listening on http://127.0.0.1:%1"_s.arg(port));
        std::optional<GatewayPeer> noor;
        if (withPeople) {
            noor.emplace(port, "/chat");
            QVERIFY(noor->join({{u"token"_s, token}}));
            QCOMPARE(noor->payload(u"authenticated"_s)["username"_L1].toString(), u"Noor"_s);
        }
        program.terminate();
        QCOMPARE(program.exitCode(), 0);
        QCOMPARE(program.output(), QString()); // that one line was all
        QCOMPARE(program.complaint(), QString());
    }

    void it_takes_tokens_that_others_sign_data()
    {
        QTest::addColumn<QByteArray>("publicPem");
        QTest::addColumn<QByteArray>("privatePem");
        for (const auto &[name, keys] :
             {std::pair{"RS256", PemKeys::rsa()}, std::pair{"ES256", PemKeys::ec()},
              std::pair{"EdDSA", PemKeys::ed25519()}})
            QTest::newRow(name) << keys.publicPem << keys.privatePem;
    }

    void it_takes_tokens_that_others_sign()
    {
        QFETCH(QByteArray, publicPem);
        QFETCH(QByteArray, privatePem);
        QTemporaryDir dir;
        Program program(
            {u"--port"_s, u"0"_s, u"--jwt-public-key-file"_s, write(dir, u"key.pem"_s, publicPem)});
        const auto port = program.port();
        QVERIFY(port > 0);
        const auto signedBy = [](const JwtKey &key) {
            return QString::fromLatin1(ServerKey::issueToken(key, u"u1"_s, u"Noor"_s, std::chrono::hours(1)));
        };
        GatewayPeer noor(port, "/chat");
        QVERIFY(noor.join({{u"token"_s, signedBy(*JwtKey::fromPrivatePem(privatePem))}}));
        QCOMPARE(noor.payload(u"authenticated"_s)["username"_L1].toString(), u"Noor"_s);
        GatewayPeer stranger(port, "/chat");
        QVERIFY(stranger.join({{u"token"_s, signedBy(JwtKey::randomHs256())}}));
        QCOMPARE(stranger.payload(u"error"_s)["message"_L1].toString(), u"Invalid token"_s);
    }

    void it_says_what_a_public_key_cannot_do_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QStringList>("more");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QString>("complaint");
        const auto good = PemKeys::ed25519();
        QTest::newRow("guests") << good.publicPem << QStringList{u"--guests"_s} << 1
                                << u"--jwt-public-key-file and --guests exclude each other"_s;
        QTest::newRow("secret") << good.publicPem << QStringList{u"--jwt-secret-file"_s, u"x"_s} << 1
                                << u"--jwt-public-key-file and --jwt-secret-file exclude each other"_s;
        QTest::newRow("issue") << good.publicPem << QStringList{u"--issue-token"_s, u"u1"_s} << 1
                               << u"--jwt-public-key-file and --issue-token exclude each other"_s;
        QTest::newRow("private key") << good.privatePem << QStringList{} << 1 << u"This is a private key."_s;
        QTest::newRow("words") << QByteArray("words") << QStringList{} << 1 << u"not a public key in PEM"_s;
        QTest::newRow("empty") << QByteArray() << QStringList{} << 3 << u"Cannot read a public key from"_s;
    }

    void it_says_what_a_public_key_cannot_do()
    {
        QFETCH(QByteArray, content);
        QFETCH(QStringList, more);
        QFETCH(int, exitCode);
        QFETCH(QString, complaint);
        QTemporaryDir dir;
        Program program(
            QStringList{u"--port"_s, u"0"_s, u"--jwt-public-key-file"_s, write(dir, u"key.pem"_s, content)}
            + more);
        QCOMPARE(program.exitCode(), exitCode);
        const auto said = program.complaint();
        QVERIFY2(said.contains(complaint) && said.count(u'\n') == 1, qPrintable(said));
    }

    void it_listens_on_ipv6()
    {
        Program program({u"--host"_s, u"::1"_s, u"--port"_s, u"0"_s});
        if (program.port() == 0)
            QSKIP("no IPv6 here");
        QVERIFY(program.line().startsWith(u"listening on http://[::1]:"_s));
    }

    void what_cannot_be_is_said_in_a_sentence_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QString>("complaint");
        QTest::newRow("unknown option")
            << QStringList{u"--prot"_s} << 1 << u"Unknown option 'prot'. See --help."_s;
        QTest::newRow("stray word") << QStringList{u"start"_s} << 1
                                    << u"\"start\" is not an option. See --help."_s;
        QTest::newRow("port a word") << QStringList{u"--port"_s, u"http"_s} << 1
                                     << u"--port must be a number from 0 to 65535, not \"http\"."_s;
        QTest::newRow("port too high") << QStringList{u"--port"_s, u"65536"_s} << 1
                                       << u"--port must be a number from 0 to 65535, not \"65536\"."_s;
        QTest::newRow("no workers") << QStringList{u"--workers"_s, u"0"_s} << 1
                                    << u"--workers must be a number from 1 to 64, not \"0\"."_s;
        QTest::newRow("host a name")
            << QStringList{u"--host"_s, u"example"_s} << 1
            << u"--host must be an address such as 127.0.0.1, 0.0.0.0 or ::1, not \"example\"."_s;
        QTest::newRow("host of another machine")
            << QStringList{u"--host"_s, u"192.0.2.1"_s} << 2
            << u"This machine does not have the address 192.0.2.1. Choose another with --host; 0.0.0.0 is all."_s;
        QTest::newRow("operator without password")
            << QStringList{u"--admin-username"_s, u"op"_s} << 1
            << u"Operators need both --admin-username and --admin-password-file."_s;
        QTest::newRow("password file missing")
            << QStringList{u"--admin-username"_s, u"op"_s, u"--admin-password-file"_s, u"/nowhere/pw"_s} << 3
            << u"Cannot read the secret in /nowhere/pw. Check that the file is there and may be read."_s;
        QTest::newRow("folder impossible")
            << QStringList{u"--port"_s, u"0"_s, u"--data"_s, u"/dev/null/data"_s} << 3
            << u"The folder /dev/null/data cannot be made. Check the permissions, or choose another one."_s;
        QTest::newRow("configuration missing") << QStringList{u"--config"_s, u"/nowhere/conf"_s} << 1
                                               << u"Cannot read the configuration file /nowhere/conf."_s;
        QTest::newRow("token for nobody's secret")
            << QStringList{u"--issue-token"_s, u"u1"_s} << 1
            << u"--issue-token needs --data or --jwt-secret-file, so that a server knows the token's secret."_s;
    }

    void what_cannot_be_is_said_in_a_sentence()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, exitCode);
        QFETCH(QString, complaint);
        Program program(arguments);
        QCOMPARE(program.exitCode(), exitCode);
        QCOMPARE(program.complaint(), u"hubbub-server: "_s + complaint + u'\n');
        QCOMPARE(program.output(), QString());
    }

    void a_taken_port_is_said_with_a_way_out()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        Program program({u"--port"_s, QString::number(other.serverPort())});
        QCOMPARE(program.exitCode(), 2);
        QCOMPARE(program.complaint(),
                 u"hubbub-server: Port %1 on 127.0.0.1 is already in use. Choose another with --port, "
                 "or stop the program that has it.\n"_s.arg(other.serverPort()));
    }

    void a_taken_folder_is_said()
    {
        QTemporaryDir dir;
        Program first({u"--port"_s, u"0"_s, u"--data"_s, dir.path()});
        QVERIFY(first.port() > 0);
        Program second({u"--port"_s, u"0"_s, u"--data"_s, dir.path()});
        QCOMPARE(second.exitCode(), 3);
        QVERIFY(second.complaint().contains(u"is in use by another program"_s));
    }

    void what_permissions_forbid_is_said_and_nothing_is_touched_data()
    {
        QTest::addColumn<QString>(
            "closed"); // in the folder of a server that ran before; empty for the folder itself
        QTest::addColumn<int>("mode");
        QTest::addColumn<QString>("complaint");
        const auto folderHint = u"Check the permissions of the folder, or choose another one."_s;
        QTest::newRow("folder") << QString() << 0555 << u"/history.sqlite cannot be written. "_s + folderHint;
        QTest::newRow("history") << u"history.sqlite"_s << 0444
                                 << u"/history.sqlite cannot be written. "_s + folderHint;
        QTest::newRow("secret") << u"jwt-secret"_s << 0
                                << u"/jwt-secret. Check that the file is there and may be read."_s;
    }

    void what_permissions_forbid_is_said_and_nothing_is_touched()
    {
        QFETCH(QString, closed);
        QFETCH(int, mode);
        QFETCH(QString, complaint);
        QTemporaryDir dir;
        const auto folder = dir.filePath(u"data"_s);
        {
            Program before({u"--port"_s, u"0"_s, u"--data"_s, folder});
            QVERIFY(before.port() > 0);
            before.terminate();
            QCOMPARE(before.exitCode(), 0);
        }
        QFile history(folder + u"/history.sqlite"_s);
        QVERIFY(history.open(QIODevice::ReadOnly));
        const auto content = history.readAll();
        QVERIFY(!content.isEmpty());
        const auto path = QFile::encodeName(folder + u'/' + closed);
        QCOMPARE(chmod(path.constData(), mode_t(mode)), 0);
        Program program({u"--port"_s, u"0"_s, u"--data"_s, folder}, Power::HeldByPermissions);
        QCOMPARE(program.exitCode(), 3);
        const auto said = program.complaint();
        QVERIFY2(said.endsWith(complaint + u'\n') && said.count(u'\n') == 1, qPrintable(said));
        QCOMPARE(chmod(path.constData(), 0700), 0);
        QVERIFY(history.seek(0));
        QCOMPARE(history.readAll(), content);
        Program again({u"--port"_s, u"0"_s, u"--data"_s, folder});
        QVERIFY(again.port() > 0);
    }

    void a_folder_that_cannot_be_made_is_said()
    {
        QTemporaryDir dir;
        QCOMPARE(chmod(QFile::encodeName(dir.path()).constData(), 0555), 0);
        Program program({u"--port"_s, u"0"_s, u"--data"_s, dir.filePath(u"data"_s)},
                        Power::HeldByPermissions);
        QCOMPARE(program.exitCode(), 3);
        QCOMPARE(program.complaint(),
                 u"hubbub-server: The folder %1 cannot be made. Check the permissions, or choose another "
                 "one.\n"_s.arg(dir.filePath(u"data"_s)));
        QCOMPARE(chmod(QFile::encodeName(dir.path()).constData(), 0700), 0);
    }

    void the_help_names_every_option()
    {
        Program program({u"--help"_s});
        QCOMPARE(program.exitCode(), 0);
        const auto help = program.output();
        for (const auto &option :
             {u"--host"_s, u"--port"_s, u"--workers"_s, u"--data"_s, u"--config"_s, u"--jwt-secret-file"_s,
              u"--jwt-public-key-file"_s, u"--guests"_s, u"--admin-username"_s, u"--admin-password-file"_s,
              u"--allow-origin"_s, u"--allow-host"_s, u"--title"_s, u"--issue-token"_s, u"--name"_s,
              u"Examples:"_s})
            QVERIFY2(help.contains(option), qPrintable(option));
        for (const auto &line : help.split(u'\n'))
            QVERIFY2(line.size() <= 120, qPrintable(line));
    }

    void the_file_counts_and_the_command_line_counts_more()
    {
        QTemporaryDir dir;
        const auto hash =
            write(dir, u"hash"_s, "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW\n");
        const auto secret = write(dir, u"secret"_s, QByteArray(40, 's') + '\n');
        const auto file = write(dir, u"conf"_s,
                                "port=4000\nguests=true\ntitle=Lena, Noor and friends\nworkers=2\n"
                                "allow-origin=https://a.example, https://b.example\nadmin-username=op\n"
                                "allow-host=chat.example, chat\n"
                                "admin-password-file="
                                    + hash.toUtf8() + "\njwt-secret-file=" + secret.toUtf8() + "\n");
        const auto line = CommandLine::parse({u"x"_s, u"--config"_s, file, u"--port"_s, u"5000"_s});
        QVERIFY2(line, line ? "" : qPrintable(line.error().message));
        const auto &config = line->config;
        QCOMPARE(config.port, 5000);
        QCOMPARE(config.workers, 2);
        QCOMPARE(config.title, u"Lena, Noor and friends"_s);
        QVERIFY(config.allowGuests);
        QCOMPARE(config.allowedOrigins, (QStringList{u"https://a.example"_s, u"https://b.example"_s}));
        QCOMPARE(config.allowedHosts, (QStringList{u"chat.example"_s, u"chat"_s}));
        QCOMPARE(config.jwtSecret, QByteArray(40, 's'));
        QVERIFY(config.adminPasswordHash.startsWith("$2a$05$"));
        QVERIFY(config.requireExp);
    }

    void the_packaged_file_is_understood()
    {
        const auto line = CommandLine::parse({u"x"_s, u"--config"_s, QStringLiteral(HUBBUB_SERVER_CONFIG)});
        QVERIFY2(line, line ? "" : qPrintable(line.error().message));
        QCOMPARE(line->config.host, QHostAddress(QHostAddress::LocalHost));
        QCOMPARE(line->config.port, 3000);
    }

    void a_bad_file_is_said_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("part");
        QTest::newRow("unknown") << QByteArray("prot=4000\n") << u"unknown option \"prot\""_s;
        QTest::newRow("not for files")
            << QByteArray("issue-token=u1\n") << u"unknown option \"issue-token\""_s;
        QTest::newRow("switch with a word")
            << QByteArray("guests=maybe\n") << u"\"guests\" must be true or false"_s;
        QTest::newRow("port a word") << QByteArray("port=http\n") << u"--port must be a number"_s;
    }

    void a_bad_file_is_said()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, part);
        QTemporaryDir dir;
        const auto line = CommandLine::parse({u"x"_s, u"--config"_s, write(dir, u"conf"_s, content)});
        QVERIFY(!line);
        QVERIFY2(line.error().message.contains(part), qPrintable(line.error().message));
    }

    void a_plain_password_is_hashed_at_once()
    {
        QTemporaryDir dir;
        const auto file = write(dir, u"pw"_s, "correct horse\n");
        const auto line =
            CommandLine::parse({u"x"_s, u"--admin-username"_s, u"op"_s, u"--admin-password-file"_s, file});
        QVERIFY(line);
        QVERIFY(line->config.adminPasswordHash.startsWith('$'));
        QVERIFY(!line->config.adminPasswordHash.contains("horse"));
    }

    /// Nobody is told "sent" about a message that a crash can take away.
    void what_was_acknowledged_survives_kill_9()
    {
        QTemporaryDir dir;
        const auto token = tokenFor(dir.path(), u"u1"_s);
        QStringList acknowledged;
        int next = 0;
        for (int round = 0; round < 3; ++round) {
            Program program({u"--port"_s, u"0"_s, u"--data"_s, dir.path()});
            const auto port = program.port();
            QVERIFY2(port > 0, qPrintable(program.complaint()));
            GatewayPeer noor(port, "/chat");
            QVERIFY(noor.join({{u"token"_s, token}}));
            QVERIFY(noor.call(u"join-room"_s, QJsonObject{{u"roomId"_s, u"lobby"_s}})["success"_L1].toBool());
            // Many on the way, one waited for, then the end without warning.
            for (int i = 0; i < 30; ++i, ++next) {
                const QJsonObject payload{{u"roomId"_s, u"lobby"_s},
                                          {u"message"_s, QString::number(next)},
                                          {u"clientMessageId"_s, u"c%1"_s.arg(next)}};
                if (i % 3 == 2) {
                    QVERIFY(noor.call(u"send-message"_s, payload)["success"_L1].toBool());
                    acknowledged += QString::number(next);
                } else {
                    noor.emitEvent(u"send-message"_s, payload);
                }
            }
            program.kill();
        }
        Program program({u"--port"_s, u"0"_s, u"--data"_s, dir.path()});
        const auto port = program.port();
        QVERIFY2(port > 0, qPrintable(program.complaint()));
        GatewayPeer noor(port, "/chat");
        QVERIFY(noor.join({{u"token"_s, token}}));
        QVERIFY(noor.call(u"join-room"_s, QJsonObject{{u"roomId"_s, u"lobby"_s}})["success"_L1].toBool());
        const auto page =
            noor.call(u"load-history"_s, QJsonObject{{u"roomId"_s, u"lobby"_s}, {u"limit"_s, 100}});
        QList<int> kept;
        for (const auto message : page["messages"_L1].toArray())
            kept += message["content"_L1].toString().toInt();
        QVERIFY(std::adjacent_find(kept.begin(), kept.end(), std::greater_equal<>())
                == kept.end()); // once, in order
        for (const auto &text : std::as_const(acknowledged))
            QVERIFY2(kept.contains(text.toInt()), qPrintable(text));
    }
};

QTEST_GUILESS_MAIN(TestHubbubServer)
#include "tst_hubbubserver.moc"
