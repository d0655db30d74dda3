// SPDX-License-Identifier: MIT
#include "server-lite/middleware/tokenlifetime.h"

#include <algorithm>

namespace Hubbub
{

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace
{

/// Longer waits are made of several: QTimer counts 24 days at most, and a clock that is set, or a machine
/// that slept, is noticed by then.
constexpr milliseconds longestWait = std::chrono::minutes(10);

SocketIo::Arguments failed(const Error &error)
{
    const QCborMap told{{u"code"_s, error.code}, {u"message"_s, error.message}};
    return {QCborMap{{u"success"_s, false}, {u"error"_s, told}}};
}

} // namespace

TokenLifetime::TokenLifetime(SocketIo::ServerSocket *socket, JwtClaims claims, JwtKey key, JwtPolicy policy,
                             milliseconds notice)
    : QObject(socket)
    , m_socket(socket)
    , m_claims(std::move(claims))
    , m_key(std::move(key))
    , m_policy(policy)
    , m_notice(notice)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer); // a coarse one is late by a twentieth of its wait
    connect(&m_timer, &QTimer::timeout, this, &TokenLifetime::wake);
    connect(socket, &SocketIo::ServerSocket::disconnected, &m_timer, &QTimer::stop);
    socket->on(u"refresh-token"_s, this, [this](const SocketIo::Event &event) { refresh(event); });
    schedule();
}

void TokenLifetime::refresh(const SocketIo::Event &event)
{
    auto claims = readRefresh(event);
    if (!claims)
        return event.ack(failed(claims.error()));
    m_claims = *std::move(claims);
    m_phase = Phase::Quiet;
    schedule();
    event.ack({QCborMap{{u"success"_s, true}, {u"expiresAt"_s, expiresAt()}}});
    Q_EMIT refreshed();
}

Result<JwtClaims> TokenLifetime::readRefresh(const SocketIo::Event &event) const
{
    const auto token = event.arguments.at(0).toMap().value("token"_L1);
    auto claims = Jwt::verify(token.toString().toUtf8(), m_key, m_policy);
    if (!claims)
        return failure(u"invalid-token"_s, u"Invalid token"_s, claims.error().code);
    if (claims->subject != m_claims.subject || claims->guest != m_claims.guest)
        return failure(u"other-subject"_s, u"The token is somebody else's. Connect anew with it."_s);
    return claims;
}

void TokenLifetime::schedule()
{
    m_timer.stop();
    if (m_claims.expiresAt.isNull())
        return;
    const auto next = m_phase == Phase::Quiet ? m_claims.expiresAt.addMSecs(-m_notice.count())
                                              : m_claims.expiresAt.addSecs(m_policy.leeway.count());
    const milliseconds wait(QDateTime::currentDateTimeUtc().msecsTo(next));
    m_timer.start(std::clamp(wait, milliseconds(0), longestWait));
}

void TokenLifetime::wake()
{
    const auto now = QDateTime::currentDateTimeUtc();
    const auto end = m_claims.expiresAt.addSecs(m_policy.leeway.count());
    if (now >= end) {
        Q_EMIT expired();
        m_socket->emitEvent(u"token-expired"_s,
                            QCborMap{{u"message"_s, u"The token has expired. Sign in again."_s}});
        m_socket->disconnectSocket();
        return;
    }
    if (m_phase == Phase::Quiet && now.addMSecs(m_notice.count()) >= m_claims.expiresAt) {
        m_phase = Phase::Announced;
        m_socket->emitEvent(u"token-expiring"_s, QCborMap{{u"expiresAt"_s, expiresAt()}});
    }
    schedule();
}

QCborValue TokenLifetime::expiresAt() const
{
    return m_claims.expiresAt.isNull() ? QCborValue(nullptr)
                                       : QCborValue(m_claims.expiresAt.toUTC().toString(Qt::ISODate));
}

} // namespace Hubbub
