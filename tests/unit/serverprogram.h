// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtCore/QUrl>

#include <csignal>
#include <unistd.h>

/// Who runs it: root may write whatever the permissions are, so it has to do without that for a while.
enum class Power { AsWeAre, HeldByPermissions };

/// The real program, killed at the latest when the test is over.
class Program
{
public:
    explicit Program(const QStringList &arguments, Power power = Power::AsWeAre,
                     const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment())
    {
        m_process.setProcessEnvironment(environment);
        const auto program = QStringLiteral(HUBBUB_SERVER_PROGRAM);
        if (power == Power::AsWeAre || geteuid() != 0)
            m_process.start(program, arguments);
        else
            m_process.start(
                QStringLiteral("setpriv"),
                QStringList{QStringLiteral("--bounding-set=-dac_override,-dac_read_search"), program}
                    + arguments);
    }
    ~Program()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    /// Waits for the line that says it is ready; 0 if it never comes.
    quint16 port()
    {
        while (!m_process.canReadLine()) {
            if (!m_process.waitForReadyRead(10'000))
                return 0;
        }
        m_line = QString::fromUtf8(m_process.readLine()).trimmed();
        const auto head = QStringLiteral("listening on ");
        return m_line.startsWith(head) ? quint16(QUrl(m_line.mid(head.size())).port()) : quint16(0);
    }
    QString line() const { return m_line; }

    int exitCode()
    {
        if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(10'000))
            return -1;
        return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -2;
    }
    QString output() { return QString::fromUtf8(m_process.readAllStandardOutput()); }
    QString complaint() { return QString::fromUtf8(m_process.readAllStandardError()); }
    /// Reads the log up to a line with that text, which it gives; empty if none came.
    QString logLine(const QString &text)
    {
        m_process.setReadChannel(QProcess::StandardError);
        QString found;
        while (found.isEmpty() && (m_process.canReadLine() || m_process.waitForReadyRead(10'000))) {
            while (found.isEmpty() && m_process.canReadLine()) {
                const auto line = QString::fromUtf8(m_process.readLine()).trimmed();
                if (line.contains(text))
                    found = line;
            }
        }
        m_process.setReadChannel(QProcess::StandardOutput);
        return found;
    }
    void terminate() { m_process.terminate(); }
    void signal(int number) { ::kill(pid_t(m_process.processId()), number); }
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

private:
    QProcess m_process;
    QString m_line;
};

inline QString write(const QTemporaryDir &dir, const QString &name, const QByteArray &content)
{
    QFile file(dir.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write a file for the test");
    return file.fileName();
}
