// SPDX-License-Identifier: MIT
#include "app/chat/chatsession.h"

#include "app/chat/chatprotocol.h"
#include "app/chat/outboxbridge.h"
#include "app/chat/pendingmessages.h"
#include "app/chat/roomjoiner.h"
#include "app/chat/roomstore.h"

#include <QtCore/QCborArray>

#include <algorithm>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

ChatSession::ChatSession(SocketIo::Socket *socket, const QString &outboxFile, const QString &roomsFile,
                         QObject *parent)
    : QObject(parent)
    , m_protocol(new ChatProtocol(socket, this))
    , m_store(new RoomStore(roomsFile, this))
    , m_outbox(new OutboxBridge(outboxFile, m_protocol, this))
    , m_joiner(new RoomJoiner(m_protocol, this))
    , m_rooms(new RoomListModel(this))
{
    connect(m_protocol, &ChatProtocol::authenticated, this, &ChatSession::authenticated);
    connect(m_protocol, &ChatProtocol::refused, this, [this](const QString &message) {
        setError(message);
        Q_EMIT refusedByServer(message);
    });
    connect(m_protocol, &ChatProtocol::messageReceived, this, &ChatSession::messageReceived);
    connect(m_protocol, &ChatProtocol::historyReceived, this,
            [this](const ChatHistory &history) { room(history.roomId)->applyHistory(history); });
    connect(m_protocol, &ChatProtocol::roomUpdated, this,
            [this](const ChatRoomInfo &info) { room(info.roomId, info.title)->setInfo(info); });
    connect(m_protocol, &ChatProtocol::presenceChanged, this, &ChatSession::presenceChanged);
    const auto tell = [this](auto signal, auto handler) {
        connect(m_protocol, signal, this, [this, handler](const ChatPerson &person) {
            if (Room *where = roomOf(person))
                (where->*handler)(person);
        });
    };
    tell(&ChatProtocol::personJoined, &Room::personJoined);
    tell(&ChatProtocol::personLeft, &Room::personLeft);
    tell(&ChatProtocol::typingStarted, &Room::typingStarted);
    tell(&ChatProtocol::typingStopped, &Room::typingStopped);
    connect(socket, &SocketIo::Socket::disconnected, this, &ChatSession::disconnected);

    connect(m_joiner, &RoomJoiner::joined, this, &ChatSession::joined);
    connect(m_joiner, &RoomJoiner::refused, this, [this](const Room *refused, const Error &error) {
        setError(tr("Can’t join %1. %2").arg(refused->title(), error.message));
    });
    connect(m_joiner, &RoomJoiner::waitingChanged, this, &ChatSession::updateReady);

    new PendingMessages(
        m_outbox, [this](const QString &roomId) { return room(roomId); }, this);
    connect(m_outbox, &OutboxBridge::countsChanged, this, &ChatSession::countsChanged);
    connect(m_outbox, &OutboxBridge::errorOccurred, this,
            [this](const Error &error) { setError(error.message); });

    for (const RoomStore::Known &known : m_store->rooms())
        room(known.roomId, known.title);
    if (Room *last = m_rooms->find(m_store->openRoom()))
        openRoom(last->roomId());
    std::ignore = m_outbox->open(); // problem() keeps what is wrong
    setError(m_outbox->problem());

    m_midnight.setSingleShot(true);
    connect(&m_midnight, &QTimer::timeout, this, &ChatSession::startDay);
    startDay();
}

ChatSession::~ChatSession() = default;

void ChatSession::assumeIdentity(const QString &userId, const QString &username)
{
    if (m_identity.userId == userId && m_identity.username == username)
        return;
    m_identity.userId = userId;
    m_identity.username = username;
    for (Room *known : m_rooms->rooms())
        known->setMe(userId, username);
    Q_EMIT identityChanged();
}

int ChatSession::queuedCount() const
{
    return m_outbox->queuedCount();
}

int ChatSession::failedCount() const
{
    return m_outbox->failedCount();
}

int ChatSession::unread() const
{
    int sum = 0;
    for (const Room *known : m_rooms->rooms())
        sum += known->unread();
    return sum;
}

int ChatSession::mentions() const
{
    int sum = 0;
    for (const Room *known : m_rooms->rooms())
        sum += known->mentions();
    return sum;
}

void ChatSession::setAttentive(bool attentive)
{
    m_attentive = attentive;
}

Room *ChatSession::openRoom(const QString &roomId)
{
    if (roomId.isEmpty())
        return nullptr;
    Room *opened = room(roomId);
    ensureRoom(roomId, opened->title());
    show(opened);
    return opened;
}

void ChatSession::show(Room *shown)
{
    if (m_current == shown)
        return;
    if (m_current)
        m_current->timeline()->setUnreadLine({});
    m_current = shown;
    m_store->setOpenRoom(shown ? shown->roomId() : QString());
    m_rooms->setCurrent(shown);
    Q_EMIT currentRoomChanged();
}

Room *ChatSession::createRoom(const QString &name)
{
    const QString title = name.simplified().left(128);
    for (const Room *known : m_rooms->rooms()) {
        if (known->title().compare(title, Qt::CaseInsensitive) == 0)
            return openRoom(known->roomId());
    }
    return openRoom(title);
}

void ChatSession::ensureRoom(const QString &roomId, const QString &title)
{
    Room *known = room(roomId, title);
    m_store->addRoom(roomId, known->title());
    m_store->setLeft(roomId, false);
    known->setLeft(false);
    if (m_online && !known->isJoined())
        m_joiner->join(known);
    updateReady();
}

bool ChatSession::leaveRoom(const QString &roomId)
{
    Room *leaving = m_rooms->find(roomId);
    if (!leaving || leaving->isLeft())
        return false;
    if (leaving->waiting() > 0) {
        setError(tr("Messages wait to be sent in %1. Send or delete them before you leave.")
                     .arg(leaving->title()));
        return false;
    }
    m_joiner->cancel(leaving);
    m_store->removeRoom(roomId);
    m_store->setLeft(roomId, true);
    leaving->setLeft(true);
    leaving->setJoined(false);
    leaving->markRead();
    if (m_online)
        m_protocol->leaveRoom(roomId, [session = QPointer<ChatSession>(this),
                                       leaving = QPointer<Room>(leaving)](const Result<QCborMap> &answer) {
            if (session && leaving && !answer && answer.error().code != "disconnected"_L1)
                session->notLeft(leaving, answer.error());
        });
    if (m_current == leaving) {
        const QList<Room *> &all = m_rooms->rooms();
        const auto next = std::find_if(all.begin(), all.end(), [this](const Room *other) {
            return !other->isLeft() && m_store->knows(other->roomId());
        });
        show(next == all.end() ? nullptr : *next);
    }
    Q_EMIT roomLeft(roomId, leaving->title());
    return true;
}

void ChatSession::notLeft(Room *stayed, const Error &error)
{
    ensureRoom(stayed->roomId(), stayed->title());
    setError(tr("Can’t leave %1. %2").arg(stayed->title(), error.message));
}

void ChatSession::dismissError()
{
    setError({});
}

void ChatSession::authenticated(const ChatIdentity &identity)
{
    assumeIdentity(identity.userId, identity.username.isEmpty() ? username() : identity.username);
    m_identity.features = identity.features;
    Q_EMIT identityChanged();
    setError(m_outbox->problem()); // being online does not mend a disk
    m_online = true;
    for (const RoomStore::Known &known : m_store->rooms())
        m_joiner->join(room(known.roomId, known.title));
    if (hasFeature(u"rooms"_s))
        askRooms();
    for (Room *known : m_rooms->rooms())
        known->linkChanged();
    updateReady();
    Q_EMIT onlineChanged();
}

void ChatSession::disconnected()
{
    if (!m_online)
        return;
    m_online = false;
    m_joiner->cancelAll();
    updateReady();
    for (Room *known : m_rooms->rooms()) {
        known->setJoined(false);
        known->linkChanged();
    }
    Q_EMIT onlineChanged();
}

void ChatSession::joined(Room *known)
{
    known->setJoined(true);
    askMembers(known);
}

void ChatSession::askMembers(Room *known)
{
    if (!hasFeature(u"presence"_s)) {
        known->personJoined({userId(), username(), {}, known->roomId()});
        return;
    }
    m_protocol->roomMembers(known->roomId(), [known = QPointer<Room>(known)](const Result<QCborMap> &answer) {
        if (!known || !answer)
            return;
        QList<ChatPerson> people;
        for (const QCborValue &entry : answer->value("members"_L1).toArray()) {
            if (const auto person = ChatPerson::fromValue(entry))
                people.append(*person);
        }
        known->people()->setPeople(people);
    });
}

void ChatSession::askRooms()
{
    m_protocol->listRooms([session = QPointer<ChatSession>(this)](const Result<QCborMap> &answer) {
        if (!session || !answer)
            return;
        for (const QCborValue &entry : answer->value("rooms"_L1).toArray()) {
            if (const auto info = ChatRoomInfo::fromValue(entry))
                session->room(info->roomId, info->title)->setInfo(*info);
        }
        // Who has left a room here may have meant to be in none.
        const bool isNew = session->m_store->leftRooms().isEmpty();
        if (!session->m_current && isNew && session->m_rooms->count() > 0)
            session->openRoom(session->m_rooms->rooms().first()->roomId());
    });
}

void ChatSession::updateReady()
{
    // A gateway takes messages only from those who are in the room, so a join is answered before its messages
    // go.
    m_outbox->setReady(m_online, hasFeature(u"client-message-id"_s), m_joiner->waitingRooms());
}

Room *ChatSession::room(const QString &roomId, const QString &title)
{
    if (Room *known = m_rooms->find(roomId))
        return known;
    auto *made = new Room(this, roomId, title);
    made->setMe(userId(), username());
    made->setLeft(m_store->leftRooms().contains(roomId));
    connect(made, &Room::unreadChanged, this, &ChatSession::unreadChanged);
    m_rooms->add(made);
    return made;
}

Room *ChatSession::roomOf(const ChatPerson &person)
{
    // Plain gateways do not say which room; the one that is open is the best guess there is.
    return person.roomId.isEmpty() ? m_current : m_rooms->find(person.roomId);
}

void ChatSession::messageReceived(const ChatMessage &message)
{
    Room *where = room(message.roomId);
    if (where->isLeft())
        return; // it was on its way when the room was left
    const int before = where->unread();
    where->receive(message, m_attentive && where == m_current);
    if (where->unread() > before)
        Q_EMIT messageNotified(where, message);
}

void ChatSession::presenceChanged(const ChatPerson &person)
{
    for (Room *known : m_rooms->rooms())
        known->people()->setPresence(person.userId, person.presence);
}

void ChatSession::setError(const QString &error)
{
    if (m_error == error)
        return;
    m_error = error;
    Q_EMIT errorChanged();
}

void ChatSession::startDay()
{
    m_rooms->refreshTimes();
    for (Room *known : m_rooms->rooms())
        known->timeline()->refreshDates();
    const QDateTime now = QDateTime::currentDateTime();
    m_midnight.start(std::chrono::milliseconds(now.msecsTo(now.date().addDays(1).startOfDay()) + 1000));
}

} // namespace Hubbub::App
