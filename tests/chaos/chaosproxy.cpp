// SPDX-License-Identifier: MIT
#include "tests/chaos/chaosproxy.h"

#include "tests/chaos/chaoslink.h"

#include <QtCore/QPointer>

namespace HubbubTest
{

ChaosProxy::ChaosProxy(quint16 target, QObject *parent)
    : QObject(parent)
    , m_target(target)
{
    connect(&m_server, &QTcpServer::newConnection, this, &ChaosProxy::take);
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("the chaos proxy cannot listen");
}

ChaosProxy::~ChaosProxy() = default;

void ChaosProxy::setTrickle(int bytes, std::chrono::milliseconds pause)
{
    m_trickleBytes = bytes;
    m_tricklePause = pause;
}

void ChaosProxy::endAll(Fault fault)
{
    const auto links = findChildren<ChaosLink *>(Qt::FindDirectChildrenOnly);
    for (ChaosLink *link : links)
        link->end(fault);
}

void ChaosProxy::endAt(Way way, qint64 at, Fault fault)
{
    m_hasEnded = false;
    m_trap = Trap{way, at, fault};
    springIfDue(way);
}

void ChaosProxy::take()
{
    while (QTcpSocket *client = m_server.nextPendingConnection()) {
        ++m_links;
        auto *link = new ChaosLink(client, m_target, this);
        if (m_refuses)
            link->end(Fault::Cut);
    }
}

qint64 ChaosProxy::allowance(Way way, qint64 size) const
{
    return m_trap && m_trap->way == way ? std::min(size, m_trap->at - carried(way)) : size;
}

void ChaosProxy::springIfDue(Way way)
{
    if (!m_trap || m_trap->way != way || carried(way) < m_trap->at)
        return;
    const Fault fault = m_trap->fault;
    m_trap.reset();
    m_hasEnded = true;
    endAll(fault);
}

} // namespace HubbubTest
