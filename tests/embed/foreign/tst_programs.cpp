// SPDX-License-Identifier: MIT
// Four programs of this project, each a process of its own, talk to each other.
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtTest>

class TestPrograms : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_server.start(SERVER, QStringList());
        m_url = line(m_server);
        QVERIFY2(m_url.startsWith("http://"), qPrintable(m_url));
    }

    void cleanup()
    {
        m_server.kill();
        m_server.waitForFinished();
    }

    void aClientHearsWhatWasKept()
    {
        QTemporaryDir folder;
        const QString outbox = folder.filePath("outbox.sqlite");
        QCOMPARE(run(SENDER, {QString(), outbox, "kept"}), QByteArray()); // there is no server yet
        QProcess client;
        client.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        client.start(CLIENT, {m_url});
        QCOMPARE(line(client), "connected");
        QCOMPARE(run(SENDER, {m_url, outbox, QString()}), QByteArray());
        QCOMPARE(line(client), "kept");
        QVERIFY(client.waitForFinished());
    }

#ifdef WINDOW
    void aWindowWithTheModuleLinked()
    {
        talks(LINKED_WINDOW, QProcessEnvironment::systemEnvironment());
    }

    void aWindowWithNothingButAnImportPath()
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.remove("QML_IMPORT_PATH");
        const QByteArray refused = run(BARE_WINDOW, {WINDOW, m_url}, environment, 1);
        QVERIFY2(refused.contains("module \"Hubbub.SocketIo\" is not installed"), refused);
        environment.insert("QML_IMPORT_PATH", QML_DIR);
        talks(BARE_WINDOW, environment);
    }
#endif

private:
    static QString line(QProcess &program)
    {
        while (!program.canReadLine()) {
            if (!program.waitForReadyRead(30'000))
                return "nothing: " + program.errorString();
        }
        return QString::fromUtf8(program.readLine()).trimmed();
    }

    static QByteArray run(const QString &name, const QStringList &arguments,
                          const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment(),
                          int code = 0)
    {
        QProcess program;
        program.setProcessEnvironment(environment);
        program.setProcessChannelMode(QProcess::MergedChannels);
        program.start(name, arguments);
        if (!program.waitForFinished(60'000))
            program.kill();
        const QByteArray said = program.readAll();
        return program.exitCode() == code && program.exitStatus() == QProcess::NormalExit
                   ? said
                   : said + " and ended with " + QByteArray::number(program.exitCode());
    }

#ifdef WINDOW
    void talks(const QString &window, const QProcessEnvironment &environment)
    {
        QCOMPARE(run(window, {WINDOW, m_url}, environment), "qml: said from QML true true\n");
    }
#endif

    QProcess m_server;
    QString m_url;
};

QTEST_GUILESS_MAIN(TestPrograms)
#include "tst_programs.moc"
