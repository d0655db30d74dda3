// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/transport/engineserver.h"

#include <future>
#include <latch>
#include <memory>
#include <variant>

class QTcpSocket;

namespace EngineIo
{

// What crosses between the logic thread and an I/O worker, in batches: small, since most are messages, and
// what is large and rare is kept elsewhere. Thread: any; plain values.

struct AdoptDescriptor {
    qintptr descriptor;
};
/// A connection whose request belongs to this worker, with the request unread in it.
struct AdoptSocket {
    QTcpSocket *socket;
};
struct SendToOne {
    SessionHandle session;
    FramesPtr frames;
    SendMode mode;
};
struct SendToMany {
    GroupPtr group;
    std::vector<FramesPtr> frames; ///< of one turn, in order
    SendMode mode;
    SessionHandle except; ///< left out; 0 for nobody
};
struct CloseSession {
    SessionHandle session;
    bool discard;
};
struct AnswerHttp {
    quint64 connection;
    std::unique_ptr<Hubbub::HttpResponse> response;
};
/// Listens, on the worker's thread, and deals connections to all workers in turn. The caller waits for the
/// outcome.
struct Listen {
    QHostAddress address;
    quint16 port;
    std::shared_ptr<std::promise<Hubbub::Result<quint16>>> outcome;
};
/// Takes nobody in any more and ends what is there.
struct Shutdown {
};
/// Lets the worker serve again after a Shutdown.
struct Resume {
};
/// Handlers have taken what came; somebody's socket may be read again.
struct CaughtUp {
};
/// Cuts what is left. The worker posts nothing to any other once it has counted itself in.
struct Stop {
    std::shared_ptr<std::latch> stopped;
};
using WorkerCommand = std::variant<AdoptDescriptor, AdoptSocket, SendToOne, SendToMany, CloseSession,
                                   AnswerHttp, Listen, Shutdown, Resume, CaughtUp, Stop>;

struct SessionOpened {
    SessionHandle session;
    std::shared_ptr<const SessionInfo> info;
};
struct SessionMessage {
    SessionHandle session;
    Message message;
};
struct SessionUpgraded {
    SessionHandle session;
    TransportName transport;
};
struct SessionClosed {
    SessionHandle session;
    CloseReason reason;
    QString description;
};
struct HttpArrived {
    int worker;
    quint64 connection;
    std::unique_ptr<Hubbub::HttpRequest> request;
};
struct RequestRefused {
    std::unique_ptr<ConnectionError> error;
};
/// After a Shutdown: the last session of this worker is gone and everything it was sent is out.
struct WorkerDrained {
    int worker;
};
using WorkerEvent = std::variant<SessionOpened, SessionMessage, SessionUpgraded, SessionClosed, HttpArrived,
                                 RequestRefused, WorkerDrained>;

} // namespace EngineIo
