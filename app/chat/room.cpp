// SPDX-License-Identifier: MIT
#include "app/chat/room.h"

#include "app/chat/chatprotocol.h"
#include "app/chat/chatsession.h"
#include "app/chat/outboxbridge.h"
#include "app/chat/roomstore.h"
#include "app/shell/identity.h"

#include <QtCore/QCborArray>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

namespace
{
constexpr int pageSize = 50; // as many as a join brings
}

Room::Room(ChatSession *session, const QString &roomId, const QString &title)
    : QObject(session)
    , m_session(session)
    , m_roomId(roomId)
    , m_title(title.isEmpty() ? roomId : title)
    , m_timeline(new TimelineModel(this))
    , m_people(new PeopleModel(this))
    , m_typing(new TypingTracker(this))
    , m_draft(session->store()->draft(roomId))
{
    m_composingIdle.setSingleShot(true);
    m_composingIdle.setInterval(typingIdle);
    m_composingRenewal.setSingleShot(true);
    m_composingRenewal.setInterval(typingRenewal);
    connect(&m_composingIdle, &QTimer::timeout, this, &Room::stopComposing);
    connect(m_typing, &TypingTracker::changed, this, &Room::updateTyping);
    connect(m_timeline, &TimelineModel::newestChanged, this, &Room::activityChanged);
    connect(m_timeline, &TimelineModel::countChanged, this, &Room::olderChanged);
    connect(m_people, &PeopleModel::countsChanged, this, &Room::subtitleChanged);
}

QString Room::subtitle() const
{
    if (!m_topic.isEmpty())
        return m_topic;
    if (m_session->hasFeature(u"presence"_s) && m_people->count() > 0)
        return m_session->isOnline()
                   ? tr("%1 · %2 online").arg(peopleText(m_people->count())).arg(m_people->onlineCount())
                   : peopleText(m_people->count());
    if (m_info.people >= 0)
        return peopleText(m_info.people);
    return {};
}

int Room::slotNumber() const
{
    return nameSlot(m_roomId);
}

QString Room::statusLine() const
{
    if (!m_session->isOnline())
        return tr("You’re offline. Messages wait here and go out in order.");
    return m_joinProblem.isEmpty() ? typingText() : m_joinProblem;
}

void Room::setDraft(const QString &draft)
{
    if (m_draft == draft)
        return;
    m_draft = draft;
    m_session->store()->setDraft(m_roomId, draft);
    Q_EMIT draftChanged();
}

void Room::setReading(bool reading)
{
    if (m_reading == reading)
        return;
    m_reading = reading;
    Q_EMIT readingChanged();
}

bool Room::canLoadOlder() const
{
    return m_hasOlder && m_session->hasFeature(u"history-paging"_s) && !m_timeline->oldestId().isEmpty();
}

QString Room::preview() const
{
    const TimelineRow *newest = m_timeline->newest();
    if (!newest)
        return m_info.previewAuthor.isEmpty()
                   ? m_info.preview
                   : tr("%1: %2").arg(m_info.previewAuthor.section(u' ', 0, 0), m_info.preview);
    const QString text = newest->text.simplified().left(120);
    return newest->userId == m_session->userId() ? tr("You: %1").arg(text)
                                                 : tr("%1: %2").arg(newest->author.section(u' ', 0, 0), text);
}

QDateTime Room::lastActivity() const
{
    const TimelineRow *newest = m_timeline->newest();
    return newest ? newest->time : m_info.lastActivity;
}

bool Room::send(const QString &text)
{
    const QString content = text.trimmed();
    if (content.isEmpty() || !m_session->outbox()->send(m_roomId, content))
        return false;
    m_composingIdle.stop();
    m_composingRenewal.stop();
    setDraft({});
    return true;
}

void Room::giveBack(const QString &text)
{
    setDraft(m_draft.isEmpty() ? text : text + u'\n' + m_draft);
}

void Room::composing()
{
    m_composingIdle.start();
    if (m_composingRenewal.isActive() || !m_session->isOnline())
        return;
    m_composingRenewal.start();
    m_session->protocol()->startTyping(m_roomId);
}

void Room::stopComposing()
{
    m_composingIdle.stop();
    m_composingRenewal.stop();
    m_session->protocol()->stopTyping(m_roomId);
}

void Room::retry(const QString &messageId)
{
    m_session->outbox()->retry(messageId);
}

void Room::discard(const QString &messageId)
{
    m_session->outbox()->discard(messageId);
}

void Room::loadOlder()
{
    if (m_loadingOlder || !canLoadOlder() || !m_session->isOnline())
        return;
    setLoadingOlder(true);
    m_session->protocol()->loadHistory(m_roomId, m_timeline->oldestId(), pageSize,
                                       [room = QPointer<Room>(this)](const Result<QCborMap> &answer) {
                                           if (!room)
                                               return;
                                           if (answer) {
                                               if (const auto page = ChatHistory::fromValue(*answer)) {
                                                   room->m_hasOlder =
                                                       page->hasMore && !page->messages.isEmpty();
                                                   room->m_timeline->appendOlder(page->messages);
                                               }
                                           }
                                           room->setLoadingOlder(false);
                                       });
}

void Room::setLoadingOlder(bool loading)
{
    m_loadingOlder = loading;
    Q_EMIT olderChanged();
}

void Room::markRead()
{
    if (m_unread.clear())
        Q_EMIT unreadChanged();
}

void Room::setMe(const QString &userId, const QString &name)
{
    m_timeline->setMe(userId, name);
    m_people->setMe(userId);
    m_unread.setMe(userId, name);
}

void Room::setInfo(const ChatRoomInfo &info)
{
    const QDateTime before = lastActivity();
    m_info = info;
    m_title = info.title;
    m_topic = info.topic;
    m_session->store()->renameRoom(m_roomId, m_title);
    Q_EMIT infoChanged();
    Q_EMIT subtitleChanged();
    if (lastActivity() != before)
        Q_EMIT activityChanged();
}

void Room::setJoined(bool joined)
{
    if (!joined)
        m_typing->clear();
    if (m_joined == joined)
        return;
    m_joined = joined;
    Q_EMIT joinedChanged();
}

void Room::setLeft(bool left)
{
    if (m_left == left)
        return;
    m_left = left;
    Q_EMIT leftChanged();
}

void Room::setJoinProblem(const QString &problem)
{
    if (m_joinProblem == problem)
        return;
    m_joinProblem = problem;
    Q_EMIT statusLineChanged();
}

void Room::setWaiting(int waiting)
{
    if (m_waiting == waiting)
        return;
    m_waiting = waiting;
    Q_EMIT waitingChanged();
}

void Room::applyHistory(const ChatHistory &history)
{
    m_timeline->mergeNewest(history.messages);
    m_hasOlder = history.hasMore;
    Q_EMIT olderChanged();
}

void Room::receive(const ChatMessage &message, bool seen)
{
    m_typing->stop(message.userId);
    if (!m_timeline->addMessage(message) || message.userId == m_session->userId())
        return;
    if (seen && m_reading)
        return;
    if (m_unread.unread() == 0)
        m_timeline->setUnreadLine(message.id);
    m_unread.note(message.content);
    Q_EMIT unreadChanged();
}

void Room::personJoined(const ChatPerson &person)
{
    ChatPerson there = person;
    if (there.presence.isEmpty())
        there.presence = u"online"_s;
    m_people->upsert(there);
}

void Room::personLeft(const ChatPerson &person)
{
    m_typing->stop(person.userId);
    m_people->setPresence(person.userId, u"offline"_s);
}

void Room::typingStarted(const ChatPerson &person)
{
    if (person.userId != m_session->userId())
        m_typing->start(person.userId, person.username);
}

void Room::typingStopped(const ChatPerson &person)
{
    m_typing->stop(person.userId);
}

void Room::linkChanged()
{
    if (!m_session->isOnline()) {
        m_typing->clear();
        m_composingRenewal.stop();
        if (m_loadingOlder)
            setLoadingOlder(false);
    }
    Q_EMIT statusLineChanged();
    Q_EMIT subtitleChanged();
}

void Room::updateTyping()
{
    m_people->setTyping(m_typing->userIds());
    Q_EMIT typingChanged();
    Q_EMIT statusLineChanged();
}

} // namespace Hubbub::App
