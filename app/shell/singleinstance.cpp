// SPDX-License-Identifier: MIT
#include "app/shell/singleinstance.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QTimer>
#include <QtNetwork/QLocalSocket>

#include <chrono>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace
{
constexpr int patience = 2'000; // ms
constexpr qint64 maxWish = 4096; // bytes; an address is shorter
} // namespace

SingleInstance::SingleInstance(const QString &profileDir, QObject *parent)
    : QObject(parent)
    , m_name(u"hubbub-"_s
             + QString::fromLatin1(QCryptographicHash::hash(QDir(profileDir).absolutePath().toUtf8(),
                                                            QCryptographicHash::Sha256)
                                       .toHex()
                                       .left(20)))
    , m_lock(QDir(profileDir).absoluteFilePath(u"lock"_s))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::greet);
}

bool SingleInstance::claim()
{
    switch (m_lock.tryLock()) {
    case ProcessLock::Outcome::HeldElsewhere:
        return false;
    case ProcessLock::Outcome::Unwritable:
        return true; // in a folder that cannot be written there is no state to protect
    case ProcessLock::Outcome::Unsupported: // then only one that answers is there
        if (isAnswered())
            return false;
        break;
    case ProcessLock::Outcome::Held:
        break;
    }
    QLocalServer::removeServer(m_name); // of a crashed one: nobody else is there
    m_server.listen(m_name);
    return true;
}

bool SingleInstance::isAnswered() const
{
    QLocalSocket socket;
    socket.connectToServer(m_name);
    return socket.waitForConnected(patience);
}

bool SingleInstance::handOver(const QString &connectTo) const
{
    QLocalSocket socket;
    socket.connectToServer(m_name);
    if (!socket.waitForConnected(patience))
        return false;
    socket.write(connectTo.toUtf8() + '\n');
    return socket.waitForBytesWritten(patience);
}

void SingleInstance::greet()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        QTimer::singleShot(std::chrono::milliseconds(patience), socket, [socket] { socket->abort(); });
        const auto read = [this, socket] {
            if (socket->canReadLine() || socket->bytesAvailable() > maxWish) {
                const QString wish = QString::fromUtf8(socket->readLine(maxWish)).trimmed();
                socket->disconnectFromServer();
                Q_EMIT startedAgain(wish);
            }
        };
        connect(socket, &QLocalSocket::readyRead, this, read);
        read();
    }
}

} // namespace Hubbub::App
