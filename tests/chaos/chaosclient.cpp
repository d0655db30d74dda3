// SPDX-License-Identifier: MIT
#include "tests/chaos/chaosclient.h"

#include <QtCore/QMetaEnum>

namespace HubbubTest
{

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using SocketIo::ConnectionState;

namespace
{

SocketIo::ManagerOptions quick(const QStringList &transports, Persistence persistence)
{
    SocketIo::ManagerOptions options;
    options.transports = transports;
    options.tryAllTransports = false; // the way in is the row's
    options.reconnection = persistence == Persistence::Reconnects;
    options.reconnectionDelay = 5ms;
    options.reconnectionDelayMax = 100ms;
    options.timeout = 600ms;
    options.requestTimeout = 600ms;
    options.watchReachability = false;
    return options;
}

} // namespace

ChaosClient::ChaosClient(quint16 server, int number, const QCborValue &thing, const QStringList &transports,
                         Persistence persistence)
    : m_number(number)
    , m_thing(thing)
    , m_persistence(persistence)
    , m_proxy(server)
    , m_manager(std::make_unique<SocketIo::Manager>(m_proxy.url(), quick(transports, persistence)))
    , m_socket(m_manager->socket(
          u"/"_s, {.retries = persistence == Persistence::Reconnects ? 1'000 : 0, .ackTimeout = 500ms}))
{
    connect(m_socket, &SocketIo::Socket::connected, this, &ChaosClient::ask);
}

ChaosClient::~ChaosClient() = default;

void ChaosClient::ask()
{
    if (std::exchange(m_hasAsked, true))
        return;
    m_whenConnected = {m_proxy.carried(Way::Up), m_proxy.carried(Way::Down)};
    m_socket->emitWithAck(u"store"_s, {m_number, m_thing})
        .then(this, [this](const Hubbub::Result<SocketIo::Arguments> &answer) { m_answer = answer; });
}

bool ChaosClient::isDone() const
{
    if (isAnswered())
        return true;
    const auto says = [](const Hubbub::Error &error) {
        return !error.code.isEmpty() && !error.message.isEmpty();
    };
    if (m_persistence == Persistence::Reconnects)
        return false;
    return m_socket->state() == ConnectionState::Closed && says(m_socket->lastError())
           && (!m_hasAsked || (m_answer && !*m_answer && says(m_answer->error())));
}

QString ChaosClient::verdict() const
{
    const auto state = QMetaEnum::fromType<ConnectionState>().valueToKey(int(m_socket->state()));
    return u"%1, %2, %3 links, asked: %4, answer: %5"_s
        .arg(QString::fromLatin1(state), m_socket->lastError().code)
        .arg(m_proxy.links())
        .arg(m_hasAsked)
        .arg(!m_answer   ? u"none"_s
             : *m_answer ? u"came"_s
                         : m_answer->error().code);
}

} // namespace HubbubTest
