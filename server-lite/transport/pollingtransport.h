// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/httpconnection.h"
#include "server-lite/transport/transport.h"

#include <QtCore/QPointer>

namespace EngineIo
{

/// Long-polling: packets leave in the answer to a GET that waits for them, and come in the bodies of POSTs.
/// At most one of each may be open; a second one ends the session, as does a peer that leaves while one is
/// open. Thread: the worker's that owns the session.
class PollingTransport final : public Transport
{
public:
    explicit PollingTransport(TransportListener &listener);
    ~PollingTransport() override;

    TransportName name() const override { return TransportName::Polling; }
    bool isWritable() const override { return !m_parked.isNull(); }
    void write(std::vector<Outgoing> &items) override;
    qint64 queuedBytes() const override { return 0; }
    void end(TransportEnd how) override;
    bool isOver() const override { return true; }

    /// A GET with the session's id: parked until there is something to send. `cors` go on its answer.
    void poll(Hubbub::HttpConnection &connection, Hubbub::HttpHeaders cors);

    /// The head of a POST has come; false when another POST is under way, which ends the session.
    bool postStarted(Hubbub::HttpConnection &connection);

    /// The body of that POST. Answered after its packets were delivered.
    void post(Hubbub::HttpConnection &connection, const Hubbub::HttpRequest &request,
              Hubbub::HttpHeaders cors);

    /// The answer after this one carries a close packet at its end.
    void closeWithNextWrite() { m_closing = true; }

private:
    void answerParked(const QByteArray &payload);
    void aborted(const QString &description);

    TransportListener *m_listener;
    QPointer<Hubbub::HttpConnection> m_parked;
    QPointer<Hubbub::HttpConnection> m_posting;
    Hubbub::HttpHeaders m_cors;
    bool m_closing = false;
};

} // namespace EngineIo
