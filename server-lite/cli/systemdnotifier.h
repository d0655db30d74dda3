// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <chrono>

namespace Hubbub
{

/// Tells systemd how the service does, by datagrams to NOTIFY_SOCKET as sd_notify(3) describes them; does
/// nothing where nobody asked. Keeps the watchdog quiet for as long as this thread's loop turns. Thread: the
/// main one.
class SystemdNotifier : public QObject
{
    Q_OBJECT
public:
    /// Takes the variables out of the environment, which is nobody else's business.
    explicit SystemdNotifier(QObject *parent = nullptr);

    bool isWanted() const { return !m_socket.isEmpty(); }
    void ready(const QString &status);
    void stopping(const QString &status, std::chrono::seconds atMost);

private:
    void send(const QByteArray &state) const;
    void startWatchdog();

    QByteArray m_socket; ///< a path, or an abstract name after '@'
    QTimer m_watchdog;
};

} // namespace Hubbub
