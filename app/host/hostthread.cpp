// SPDX-License-Identifier: MIT
#include "app/host/hostthread.h"

#include "server-lite/auth/passwordhash.h"
#include "server-lite/gateway/liteserver.h"

#include <QtCore/QRandomGenerator>

#include <array>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

namespace
{

QByteArray randomPassword()
{
    std::array<quint32, 6> words{};
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    return QByteArray(reinterpret_cast<const char *>(words.data()), sizeof words)
        .toBase64(QByteArray::Base64UrlEncoding);
}

} // namespace

/// Owns the server; lives on the other thread and talks by queued signals of the HostThread.
class HostThread::Worker : public QObject
{
public:
    explicit Worker(HostThread *face)
        : m_face(face)
    {
    }

    void start(LiteServerConfig config, const ChatUser &host, const QList<ChatUser> &others)
    {
        const QByteArray password = randomPassword();
        const auto hash = PasswordHash::make(password);
        if (hash) {
            config.adminUsername = u"host"_s;
            config.adminPasswordHash = *hash;
        }
        m_server = std::make_unique<LiteServer>(config);
        connect(m_server.get(), &LiteServer::personJoined, m_face, &HostThread::personJoined);
        connect(m_server.get(), &LiteServer::personLeft, m_face, &HostThread::personLeft);
        connect(m_server.get(), &LiteServer::personRefused, m_face, &HostThread::personRefused);
        connect(m_server.get(), &LiteServer::stopped, this, [this] {
            m_server.release()->deleteLater();
            Q_EMIT m_face->stopped();
        });
        if (const auto started = m_server->start(); !started) {
            m_server.reset();
            Q_EMIT m_face->failed(started.error());
            return;
        }
        HostedServer about;
        about.port = m_server->port();
        about.token = QString::fromLatin1(m_server->issueToken(host.id, host.username));
        for (const ChatUser &other : others)
            about.tokens.insert(other.id,
                                QString::fromLatin1(m_server->issueToken(other.id, other.username)));
        about.operatorName = config.adminUsername;
        about.operatorPassword = hash ? QString::fromLatin1(password) : QString();
        about.notice = m_server->notice();
        Q_EMIT m_face->started(about);
    }

    void stop()
    {
        if (m_server)
            m_server->stop();
        else
            Q_EMIT m_face->stopped();
    }

private:
    HostThread *m_face;
    std::unique_ptr<LiteServer> m_server;
};

HostThread::HostThread(QObject *parent)
    : QObject(parent)
    , m_worker(new Worker(this))
{
    qRegisterMetaType<HostedServer>();
    qRegisterMetaType<Hubbub::Error>();
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.setObjectName(u"host"_s);
    m_thread.start();
}

HostThread::~HostThread()
{
    m_thread.quit();
    m_thread.wait();
}

void HostThread::start(const LiteServerConfig &config, const ChatUser &host, const QList<ChatUser> &others)
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, config, host, others] { worker->start(config, host, others); });
}

void HostThread::stop()
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker] { worker->stop(); });
}

} // namespace Hubbub::App
