// SPDX-License-Identifier: MIT
#include "app/chat/roomjoiner.h"

#include "app/chat/chatprotocol.h"
#include "app/chat/room.h"
#include "libclient/outbox/outboxanswer.h"

#include <QtCore/QPointer>

namespace Hubbub::App
{

using namespace std::chrono_literals;

namespace
{
constexpr SocketIo::Backoff::Options pauses{1s, 30s, 0.5};
}

RoomJoiner::RoomJoiner(ChatProtocol *protocol, QObject *parent)
    : QObject(parent)
    , m_protocol(protocol)
{
}

RoomJoiner::~RoomJoiner() = default;

void RoomJoiner::join(Room *room)
{
    if (m_wishes.contains(room))
        return;
    auto wish = std::make_unique<Wish>(++m_number, pauses);
    wish->pause.setSingleShot(true);
    connect(&wish->pause, &QTimer::timeout, this, [this, room] { ask(room); });
    m_wishes[room] = std::move(wish);
    ask(room);
}

void RoomJoiner::cancel(Room *room)
{
    if (m_wishes.contains(room))
        finish(room);
}

void RoomJoiner::cancelAll()
{
    while (!m_wishes.empty())
        finish(m_wishes.begin()->first);
}

QSet<QString> RoomJoiner::waitingRooms() const
{
    QSet<QString> ids;
    for (const auto &[room, wish] : m_wishes)
        ids.insert(room->roomId());
    return ids;
}

void RoomJoiner::ask(Room *room)
{
    m_protocol->joinRoom(room->roomId(), [joiner = QPointer<RoomJoiner>(this), room = QPointer<Room>(room),
                                          number = m_wishes.at(room)->number](const auto &answer) {
        if (joiner && room)
            joiner->answered(room, number, answer);
    });
}

void RoomJoiner::answered(Room *room, quint64 number, const Result<QCborMap> &answer)
{
    const auto at = m_wishes.find(room);
    if (at == m_wishes.end() || at->second->number != number)
        return;
    if (!answer && isTemporary(answer.error())) {
        // After a lost connection cancelAll() is on its way.
        room->setJoinProblem(tr("Not in the room yet. %1 Hubbub keeps trying.").arg(answer.error().message));
        at->second->pause.start(at->second->backoff.next());
        return;
    }
    finish(room);
    if (answer)
        Q_EMIT joined(room);
    else
        Q_EMIT refused(room, answer.error());
}

void RoomJoiner::finish(Room *room)
{
    m_wishes.erase(room);
    room->setJoinProblem({});
    Q_EMIT waitingChanged();
}

} // namespace Hubbub::App
