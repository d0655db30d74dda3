// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"
#include "server-lite/gateway/liteserverconfig.h"

#include <QtCore/QHash>
#include <QtCore/QObject>
#include <QtCore/QThread>

#include <memory>

namespace Hubbub::App
{

/// What the app needs to know of a server that has started. Thread: any; a plain value.
struct HostedServer {
    quint16 port = 0;
    QString token; ///< the host's own way in
    QHash<QString, QString> tokens; ///< of the other people asked for, by user id
    QString operatorName;
    QString operatorPassword; ///< made for this run, known to nobody else
    QString notice; ///< a sentence about the start; may be empty
};

/// Runs a LiteServer on a thread of its own, so that neither waits for the other. Thread: GUI; its signals
/// come there.
class HostThread : public QObject
{
    Q_OBJECT
public:
    explicit HostThread(QObject *parent);
    ~HostThread() override; ///< stops at once

    void start(const LiteServerConfig &config, const ChatUser &host, const QList<ChatUser> &others);
    void stop(); ///< lets the server say goodbye first

Q_SIGNALS:
    void started(const Hubbub::App::HostedServer &server);
    void failed(const Hubbub::Error &error);
    void stopped();
    void personJoined(const Hubbub::ChatUser &person, const QString &address);
    void personLeft(const Hubbub::ChatUser &person, const QString &address);
    void personRefused(const QString &reason, const QString &address);

private:
    class Worker;
    QThread m_thread;
    Worker *m_worker;
};

} // namespace Hubbub::App
