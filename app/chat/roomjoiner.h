// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/client/backoff.h"
#include "libclient/protocol/error.h"

#include <QtCore/QCborMap>
#include <QtCore/QObject>
#include <QtCore/QSet>
#include <QtCore/QTimer>

#include <map>
#include <memory>

namespace Hubbub::App
{

class ChatProtocol;
class Room;

/// Brings rooms of one connection in. A server that is only busy is asked again with growing pauses, and the
/// room says why it waits. Thread: GUI.
class RoomJoiner : public QObject
{
    Q_OBJECT
public:
    RoomJoiner(ChatProtocol *protocol, QObject *parent);
    ~RoomJoiner() override;

    void join(Room *room); ///< once is enough
    void cancel(Room *room);
    void cancelAll(); ///< the connection has ended
    QSet<QString> waitingRooms() const; ///< ids of those that are not answered yet

Q_SIGNALS:
    void joined(Hubbub::App::Room *room);
    void refused(Hubbub::App::Room *room, const Hubbub::Error &error); ///< for good
    void waitingChanged();

private:
    struct Wish {
        Wish(quint64 asked, const SocketIo::Backoff::Options &pauses)
            : number(asked)
            , backoff(pauses)
        {
        }
        quint64 number; ///< an answer to an earlier wish counts no more
        SocketIo::Backoff backoff;
        QTimer pause;
    };
    void ask(Room *room);
    void answered(Room *room, quint64 number, const Result<QCborMap> &answer);
    void finish(Room *room);

    ChatProtocol *m_protocol;
    std::map<Room *, std::unique_ptr<Wish>> m_wishes;
    quint64 m_number = 0;
};

} // namespace Hubbub::App
