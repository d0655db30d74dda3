// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"
#include "server-lite/gateway/liteserverconfig.h"

#include <QtCore/QObject>
#include <QtCore/QUrl>

#include <chrono>
#include <memory>

namespace Hubbub
{

/// The whole server of hubbub-server and of the app's host: chat, history, guest page, admin namespace and
/// pages for machines on one port. Thread: the one that makes it, which needs an event loop; the app gives it
/// one of its own.
class LiteServer : public QObject
{
    Q_OBJECT
public:
    explicit LiteServer(LiteServerConfig config, QObject *parent = nullptr);
    ~LiteServer() override;

    /// Once. Errors: those of EngineIo::Server::listen, HistoryStore::open and SecretFile and TlsIdentity;
    /// "weak-secret", "invalid-hash", "sample-hash". Nothing is left running after an error.
    Result<void> start();
    bool isRunning() const;

    quint16 port() const; ///< 0 unless running
    QUrl url() const; ///< that a client on this machine can use; empty unless running
    /// A sentence for the host about the start, such as a damaged history that was put aside; else empty.
    QString notice() const;

    /// Reads the certificate and its key again, for connections to come; what cannot be used is said in the
    /// log and changes nothing. Happens by itself when the files change.
    void reloadTls();

    /// Is no longer ready; after the drain time, or when the last client has left, takes no new messages,
    /// answers those on their way to the disk, says goodbye to everybody, then emits stopped().
    void stop();

    qsizetype peopleCount() const; ///< in the chat; a person with several sockets counts once

    /// A token for somebody the host knows, such as the host. Empty unless running.
    QByteArray issueToken(const QString &userId, const QString &username,
                          std::chrono::hours lifetime = std::chrono::hours(24 * 30)) const;

Q_SIGNALS:
    void stopped();
    /// The first socket of a person came, the last one went. For a log the host can read.
    void personJoined(const Hubbub::ChatUser &person, const QString &address);
    void personLeft(const Hubbub::ChatUser &person, const QString &address);
    void personRefused(const QString &reason, const QString &address);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Hubbub
