// SPDX-License-Identifier: MIT
#include "app/host/lanaddresses.h"
#include "app/shell/commandline.h"
#include "app/shell/profile.h"
#include "app/shell/serversession.h"
#include "app/shell/settings.h"
#include "app/shell/singleinstance.h"
#include "app/shell/windowcontroller.h"

#ifdef Q_OS_LINUX
#include "tests/support/withoutflock.h"
#endif

#include <QtCore/QProcess>
#include <QtCore/QSysInfo>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <cerrno>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace Hubbub::App;

class TestShell : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void commandLine_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<bool>("valid");
        QTest::newRow("none") << QStringList{} << true;
        QTest::newRow("all") << QStringList{u"--demo"_s, u"--size"_s, u"800x600"_s, u"--theme"_s,
                                            u"dark"_s,   u"--port"_s, u"0"_s}
                             << true;
        QTest::newRow("unknown option") << QStringList{u"--frobnicate"_s} << false;
        QTest::newRow("stray word") << QStringList{u"hello"_s} << false;
        QTest::newRow("size without height") << QStringList{u"--size"_s, u"800"_s} << false;
        QTest::newRow("tiny size") << QStringList{u"--size"_s, u"1x1"_s} << false;
        QTest::newRow("port of letters") << QStringList{u"--port"_s, u"http"_s} << false;
        QTest::newRow("port too high") << QStringList{u"--port"_s, u"65536"_s} << false;
        QTest::newRow("theme of no kind") << QStringList{u"--theme"_s, u"pink"_s} << false;
    }
    void commandLine()
    {
        QFETCH(QStringList, arguments);
        const auto line = CommandLine::parse(QStringList{u"hubbub"_s} + arguments);
        QTEST(line.has_value(), "valid");
        QVERIFY(line || !line.error().message.isEmpty());
    }

    void urls_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("url");
        QTest::newRow("plain") << u"http://10.0.0.1:8080"_s << u"http://10.0.0.1:8080"_s;
        QTest::newRow("without scheme") << u" 10.0.0.1:8080 "_s << u"http://10.0.0.1:8080"_s;
        QTest::newRow("ws") << u"ws://h:1"_s << u"http://h:1"_s;
        QTest::newRow("wss") << u"wss://h"_s << u"https://h"_s;
        QTest::newRow("path and query") << u"https://h/x?y=z#w"_s << u"https://h"_s;
        QTest::newRow("with a password") << u"https://a:b@h"_s << u"https://h"_s;
        QTest::newRow("IPv6") << u"http://[fe80::1]:80"_s << u"http://[fe80::1]:80"_s;
        QTest::newRow("empty") << u""_s << QString();
        QTest::newRow("another scheme") << u"file:///etc/passwd"_s << QString();
        QTest::newRow("script") << u"javascript://x"_s << QString();
        QTest::newRow("words") << u"not a url"_s << QString();
        QTest::newRow("port of letters") << u"http://h:abc"_s << QString();
    }
    void urls()
    {
        QFETCH(QString, text);
        const auto url = ServerSession::readUrl(text);
        QTEST(url ? url->toString() : QString(), "url");
    }

    void theBestAddressComesFirst()
    {
        using Via = LanAddress::Via;
        const QList<LanAddress> addresses{{Via::Virtual, QHostAddress(u"172.17.0.1"_s)},
                                          {Via::WiFi, QHostAddress(u"2001:db8::5"_s)},
                                          {Via::WiFi, QHostAddress(u"192.168.1.21"_s)},
                                          {Via::Ethernet, QHostAddress(u"192.168.1.20"_s)},
                                          {Via::Ethernet, QHostAddress(u"203.0.113.7"_s)}};
        QCOMPARE(
            rankedUrls(addresses, 80),
            (QStringList{u"http://192.168.1.20:80"_s, u"http://192.168.1.21:80"_s, u"http://203.0.113.7:80"_s,
                         u"http://[2001:db8::5]:80"_s, u"http://172.17.0.1:80"_s}));
        QCOMPARE(rankedUrls({}, 80), QStringList{u"http://127.0.0.1:80"_s});
    }

    void settingsSurvive()
    {
        const QTemporaryDir dir;
        QString id;
        {
            const Profile profile(dir.path());
            Settings settings(profile, nullptr);
            QSignalSpy named(&settings, &Settings::nameChanged);
            settings.setName(u"  Lena   Hoffmann "_s);
            settings.setName(u"Lena Hoffmann"_s);
            QCOMPARE(named.count(), 1);
            settings.setTheme(Settings::Dark);
            settings.setTextScale(9);
            settings.overrideTheme(Settings::Light);
            id = settings.userId();
            QVERIFY(settings.storageError().isEmpty());
        }
        const Profile profile(dir.path());
        const Settings settings(profile, nullptr);
        QCOMPARE(settings.name(), u"Lena Hoffmann"_s);
        QCOMPARE(settings.theme(), Settings::Dark);
        QCOMPARE(settings.textScale(), 2.0);
        QCOMPARE(settings.userId(), id);
        QVERIFY(!id.isEmpty());
    }

    void aFolderThatCannotBeWrittenIsSaid()
    {
        const QTemporaryDir dir;
        QFile file(dir.filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const Profile profile(dir.filePath(u"file/profile"_s));
        Settings settings(profile, nullptr);
        QVERIFY(settings.storageError().contains(u"Can’t write"_s));
        settings.setName(u"Lena"_s);
        QCOMPARE(settings.name(), u"Lena"_s);
    }

    void closingHidesOnlyWhereATrayIs_data()
    {
        QTest::addColumn<bool>("tray");
        QTest::addColumn<bool>("wanted");
        QTest::addColumn<int>("action");
        using Action = WindowController::CloseAction;
        QTest::newRow("tray") << true << true << int(Action::Hide);
        QTest::newRow("tray, not wanted") << true << false << int(Action::Quit);
        QTest::newRow("no tray") << false << true << int(Action::Quit);
    }
    void closingHidesOnlyWhereATrayIs()
    {
        QFETCH(bool, tray);
        QFETCH(bool, wanted);
        const QTemporaryDir dir;
        const Profile profile(dir.path());
        Settings settings(profile, nullptr);
        settings.setCloseToTray(wanted);
        WindowController window(&settings, nullptr);
        window.setTrayAvailable(tray);
        QTEST(int(window.closeAction()), "action");
        QVERIFY(window.takeFirstHide());
        QVERIFY(!window.takeFirstHide());
    }

    void theSecondStartHandsOver()
    {
        const QTemporaryDir dir;
        SingleInstance first(dir.path());
        QVERIFY(first.claim());
        QSignalSpy again(&first, &SingleInstance::startedAgain);
        SingleInstance second(dir.path());
        QVERIFY(!second.claim());
        QVERIFY(second.handOver(u"http://h:1"_s));
        QTRY_COMPARE(again.count(), 1);
        QCOMPARE(again.first().first().toString(), u"http://h:1"_s);
        const QTemporaryDir otherDir;
        SingleInstance other(otherDir.path());
        QVERIFY(other.claim());
    }

    void aKilledOneHoldsNobodyUp()
    {
        const QTemporaryDir dir;
        QProcess first;
        first.start(QCoreApplication::applicationFilePath(), {u"--claim"_s, dir.path()});
        QCOMPARE(lineOf(first), u"claimed"_s);
        SingleInstance second(dir.path());
        QVERIFY(!second.claim());
        QVERIFY(second.handOver(u"http://h:1"_s));
        QCOMPARE(lineOf(first), u"again http://h:1"_s);
        first.kill();
        QVERIFY(first.waitForFinished());
        QVERIFY(second.claim());
        QSignalSpy again(&second, &SingleInstance::startedAgain);
        SingleInstance third(dir.path());
        QVERIFY(!third.claim());
        QVERIFY(third.handOver({}));
        QTRY_COMPARE(again.count(), 1);
    }

    void whatAKillLeftHoldsNobodyUp_data()
    {
        QTest::addColumn<QByteArray>("left");
        QTest::newRow("killed before it wrote") << QByteArray();
        QTest::newRow("its number is another's now")
            << QByteArray::number(QCoreApplication::applicationPid()) + "\n"
                   + QCoreApplication::applicationName().toUtf8() + "\n"
                   + QSysInfo::machineHostName().toUtf8() + "\n";
    }

    void whatAKillLeftHoldsNobodyUp()
    {
        QFETCH(QByteArray, left);
        const QTemporaryDir dir;
        QFile lock(dir.filePath(u"lock"_s));
        QVERIFY(lock.open(QFile::WriteOnly));
        lock.write(left);
        lock.close();
        SingleInstance instance(dir.path());
        QVERIFY(instance.claim());
    }

#ifdef Q_OS_LINUX
    /// In a profile on a file system without locks: the first starts, the second hands over to it.
    void startsWithoutLocks()
    {
        const QTemporaryDir dir;
        for (int i = 0; i < 2; ++i)
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"lock cannot be locked:"_s));
        bool first = false;
        bool second = true;
        bool handedOver = false;
        const bool done = withoutFlock(ENOLCK, [&] {
            SingleInstance one(dir.path());
            first = one.claim();
            SingleInstance two(dir.path());
            second = two.claim();
            handedOver = two.handOver({});
        });
        if (!done)
            QSKIP("the system does not let a thread give up flock()");
        QVERIFY(first);
        QVERIFY(!second);
        QVERIFY(handedOver);
    }
#endif

private:
    static QString lineOf(QProcess &program)
    {
        while (!program.canReadLine() && program.waitForReadyRead(20'000)) { }
        return QString::fromUtf8(program.readLine()).trimmed();
    }
};

namespace
{

/// Another program in that profile, until it is killed.
int claim(const QString &profile)
{
    SingleInstance instance(profile);
    const auto say = [](const QString &line) {
        std::puts(qPrintable(line));
        std::fflush(stdout);
    };
    QObject::connect(&instance, &SingleInstance::startedAgain, &instance,
                     [say](const QString &url) { say(u"again "_s + url); });
    say(instance.claim() ? u"claimed"_s : u"refused"_s);
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication program(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == "--claim"_L1)
        return claim(arguments.value(2));
    TestShell test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_shell.moc"
