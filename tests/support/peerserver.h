// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QProcess>
#include <QtCore/QStringList>
#include <QtCore/QUrl>

#include <csignal>
#include <utility>

/// A script of tests/interop that serves until it is killed: it takes a port, 0 for any, as its first
/// argument and prints "listening PORT" when ready. Ends with its object; the script ends by itself if the
/// test dies. Needs HUBBUB_INTEROP_DIR. Thread: the test's.
class PeerServer
{
public:
    PeerServer(QString program, QStringList script)
        : m_program(std::move(program))
        , m_script(std::move(script))
    {
        m_process.setWorkingDirectory(QStringLiteral(HUBBUB_INTEROP_DIR));
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    }
    ~PeerServer() { kill(); }
    Q_DISABLE_COPY_MOVE(PeerServer)

    /// False if it did not come up. The port is kept for the next start.
    bool start(const QStringList &arguments = {})
    {
        m_process.start(m_program, m_script + QStringList{QString::number(m_port)} + arguments);
        while (m_process.waitForReadyRead(30'000)) {
            while (m_process.canReadLine()) {
                const QByteArray line = m_process.readLine().trimmed();
                if (line.startsWith("listening ")) {
                    m_port = line.mid(10).toInt();
                    return m_port > 0;
                }
            }
        }
        return false;
    }

    /// As kill -9 does: no goodbye to anybody.
    void kill()
    {
        if (m_process.state() == QProcess::NotRunning)
            return;
        m_process.kill();
        m_process.waitForFinished();
    }
    void freeze() { ::kill(pid_t(m_process.processId()), SIGSTOP); }
    void thaw() { ::kill(pid_t(m_process.processId()), SIGCONT); }

    QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_port)); }

private:
    QString m_program;
    QStringList m_script;
    QProcess m_process;
    int m_port = 0;
};
