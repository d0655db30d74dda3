// SPDX-License-Identifier: MIT
#include "app/shell/trustquestion.h"

#include "app/shell/profiletrust.h"
#include "libclient/client/manager.h"
#include "libclient/client/socket.h"

namespace Hubbub::App
{

using namespace Qt::StringLiterals;
using SocketIo::ConnectionState;

namespace
{

constexpr qsizetype pairsInLine = 8;

QStringList linesOf(const QByteArray &fingerprint)
{
    QStringList lines;
    for (qsizetype at = 0; at < fingerprint.size(); at += pairsInLine)
        lines += QString::fromLatin1(fingerprint.mid(at, pairsInLine).toHex(' ').toUpper());
    return lines;
}

TrustQuestion::Situation situationOf(const SocketIo::Socket &socket)
{
    if (socket.state() != ConnectionState::Untrusted)
        return TrustQuestion::Settled;
    const auto shown = socket.manager()->untrustedCertificate();
    if (!shown)
        return TrustQuestion::ListDamaged;
    return shown->known.isEmpty() ? TrustQuestion::FirstSeen : TrustQuestion::OtherThanKnown;
}

} // namespace

TrustQuestion::TrustQuestion(SocketIo::Socket *socket, QString server, std::shared_ptr<ProfileTrust> store,
                             QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_server(std::move(server))
    , m_store(std::move(store))
{
    connect(socket, &SocketIo::Socket::stateChanged, this, &TrustQuestion::readSocket);
    readSocket();
}

QStringList TrustQuestion::fingerprint() const
{
    return linesOf(m_shown.fingerprint);
}

QStringList TrustQuestion::knownFingerprint() const
{
    return linesOf(m_shown.known);
}

QString TrustQuestion::why() const
{
    return m_why;
}

void TrustQuestion::trust()
{
    if (m_situation == FirstSeen)
        accept();
}

void TrustQuestion::trustAnew()
{
    if (m_situation == OtherThanKnown)
        accept();
}

void TrustQuestion::accept()
{
    const QByteArray fingerprint = m_shown.fingerprint;
    const Result<void> trusted = m_socket->manager()->trustCertificate(fingerprint);
    if (!trusted)
        return setProblem(trusted.error().message);
    readStore();
    if (!m_store->unkept().code.isEmpty())
        Q_EMIT unkept(
            tr("%1 Hubbub asks again about this server when it was closed.").arg(m_store->unkept().message));
}

void TrustQuestion::decline()
{
    if (isAsking())
        Q_EMIT declined();
}

void TrustQuestion::startOver()
{
    if (m_situation != ListDamaged)
        return;
    if (!m_store->fingerprintOf(m_server)) { // else it was mended since
        if (const Result<QString> place = m_store->setAside(); !place)
            return setProblem(u"%1 %2"_s.arg(place.error().message, place.error().cause));
    }
    if (m_socket)
        m_socket->connectToServer();
}

void TrustQuestion::forget()
{
    readStore(); // another session may share the entry
    if (!m_known)
        return;
    if (const Result<void> done = m_store->forget(m_server); !done)
        return setProblem(done.error().message);
    readStore();
    Q_EMIT forgotten();
    if (!m_store->unkept().code.isEmpty())
        Q_EMIT unkept(
            tr("%1 Hubbub trusts this server again when it was closed.").arg(m_store->unkept().message));
}

void TrustQuestion::readSocket()
{
    readStore(); // another session may have changed what is kept
    const Situation situation = m_socket ? situationOf(*m_socket) : Settled;
    if (situation == Settled && m_situation == Settled)
        return;
    m_situation = situation;
    m_problem.clear();
    m_shown = {};
    m_why.clear();
    if (situation == ListDamaged) {
        const Error error = m_socket->lastError();
        m_why = u"%1 (%2)"_s.arg(error.message, error.cause);
    } else if (situation != Settled) {
        m_shown = m_socket->manager()->untrustedCertificate().value_or(EngineIo::ServerCertificate{});
        m_why = m_shown.problems.join(u' ');
    }
    Q_EMIT changed();
}

void TrustQuestion::readStore()
{
    const bool known = !m_server.isEmpty() && m_store->fingerprintOf(m_server).value_or(std::nullopt);
    if (m_known == known)
        return;
    m_known = known;
    Q_EMIT knownChanged();
}

void TrustQuestion::setProblem(const QString &problem)
{
    m_problem = problem;
    Q_EMIT changed();
}

} // namespace Hubbub::App
