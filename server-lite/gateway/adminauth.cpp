// SPDX-License-Identifier: MIT
#include "server-lite/gateway/adminauth.h"

#include "server-lite/auth/passwordhash.h"
#include "server-lite/gateway/logging.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QPointer>
#include <QtCore/QRandomGenerator>

#include <array>

namespace Hubbub
{

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace
{

constexpr auto sessionLife = 24h; // as the reference's Redis store has it

QByteArray fingerprint(const QString &sessionId)
{
    return QCryptographicHash::hash(sessionId.toUtf8(), QCryptographicHash::Sha256);
}

SocketIo::Refusal wrong()
{
    return {u"invalid credentials"_s};
}

SocketIo::Refusal tooMany()
{
    return {u"too many attempts, try again later"_s};
}

} // namespace

AdminAuth::AdminAuth(QString username, QByteArray passwordHash, QObject *parent)
    : QObject(parent)
    , m_username(std::move(username))
    , m_passwordHash(std::move(passwordHash))
    , m_attempts(10, 6s)
{
    m_pool.setMaxThreadCount(1);
}

AdminAuth::~AdminAuth()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void AdminAuth::check(SocketIo::ServerSocket &socket, const SocketIo::Next &next)
{
    const auto &auth = socket.handshake().auth;
    if (const auto session = auth.value("sessionId"_L1);
        session.isString() && isKnownSession(session.toString()))
        return next(std::nullopt);
    const auto username = auth.value("username"_L1);
    const auto password = auth.value("password"_L1);
    if (!username.isString() || !password.isString())
        return next(wrong());
    if (!m_attempts.tryTake(socket.handshake().address) || m_checks.size() >= maxWaiting)
        return next(tooMany());
    checkPassword(socket, username.toString(), password.toString(), next);
}

void AdminAuth::checkPassword(SocketIo::ServerSocket &socket, const QString &username,
                              const QString &password, const SocketIo::Next &next)
{
    // What decides stays on this thread, for the end of a Next that was not called has its effect where it
    // dies.
    const quint64 id = m_nextCheck++;
    m_checks[id] = [this, guard = QPointer(&socket), isName = username == m_username, next](bool isPassword) {
        if (!guard)
            return;
        const auto address = guard->handshake().address.toString();
        if (!isName || !isPassword) {
            qCWarning(gatewayLog).noquote() << "operator sign-in refused from" << address;
            return next(wrong());
        }
        qCInfo(gatewayLog).noquote() << "operator signed in from" << address;
        m_fresh.insert(guard, beginSession());
        connect(guard, &QObject::destroyed, this, [this](QObject *gone) { m_fresh.remove(gone); });
        next(std::nullopt);
    };
    m_pool.start([this, id, password = password.toUtf8(), hash = m_passwordHash] {
        const bool isPassword = PasswordHash::verify(password, hash);
        QMetaObject::invokeMethod(
            this, [this, id, isPassword] { m_checks.extract(id).mapped()(isPassword); },
            Qt::QueuedConnection);
    });
}

bool AdminAuth::isKnownSession(const QString &sessionId)
{
    const auto it = m_sessions.constFind(fingerprint(sessionId));
    return it != m_sessions.constEnd() && !it->hasExpired();
}

QString AdminAuth::beginSession()
{
    m_sessions.removeIf([](const auto &entry) { return entry.value().hasExpired(); });
    if (m_sessions.size() >= maxSessions)
        m_sessions.clear(); // everybody signs in again, which beats growing without end
    std::array<quint32, 4> words{};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    const auto id =
        QString::fromLatin1(QByteArray(reinterpret_cast<const char *>(words.data()), sizeof(words)).toHex());
    m_sessions.insert(fingerprint(id), QDeadlineTimer(sessionLife));
    return id;
}

QString AdminAuth::takeSession(const SocketIo::ServerSocket *socket)
{
    return m_fresh.take(socket);
}

} // namespace Hubbub
