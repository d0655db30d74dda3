// SPDX-License-Identifier: MIT
#include "app/chat/timelinemodel.h"

#include "app/chat/timelinewords.h"
#include "app/shell/identity.h"

#include <algorithm>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qint64 groupSpan = 5 * 60; // seconds between messages of one group

} // namespace

TimelineModel::TimelineModel(QObject *parent)
    : QAbstractListModel(parent)
    , m_clock([] { return QDateTime::currentDateTime(); })
{
}

int TimelineModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant TimelineModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const TimelineRow &row = m_rows.at(index.row());
    switch (role) {
    case MessageIdRole:
        return row.id;
    case AuthorRole:
        return row.author;
    case UserIdRole:
        return row.userId;
    case InitialsRole:
        return initials(row.author);
    case SlotRole:
        return nameSlot(row.userId);
    case Qt::DisplayRole:
    case TextRole:
        return row.text;
    case TimeRole:
        return row.time.toString(u"HH:mm"_s);
    case DateLabelRole:
        return TimelineWords::dateLabel(row.time.date(), m_clock().date());
    case ShowDateRole:
        return isShowDate(index.row());
    case FirstInGroupRole:
        return isFirstInGroup(index.row());
    case OwnRole:
        return isOwn(row);
    case StatusRole:
        return TimelineWords::statusName(row.status);
    case ErrorRole:
        return row.error;
    case UnreadLineRole:
        return !m_unreadLine.isEmpty() && row.id == m_unreadLine;
    case AccessibleTextRole:
        return TimelineWords::accessibleText(row, isOwn(row));
    default:
        return {};
    }
}

QHash<int, QByteArray> TimelineModel::roleNames() const
{
    return {{MessageIdRole, "messageId"},
            {AuthorRole, "author"},
            {UserIdRole, "userId"},
            {InitialsRole, "initials"},
            {SlotRole, "slot"},
            {TextRole, "text"},
            {TimeRole, "time"},
            {DateLabelRole, "dateLabel"},
            {ShowDateRole, "showDate"},
            {FirstInGroupRole, "firstInGroup"},
            {OwnRole, "own"},
            {StatusRole, "status"},
            {ErrorRole, "error"},
            {UnreadLineRole, "unreadLine"},
            {AccessibleTextRole, "accessibleText"}};
}

int TimelineModel::indexOf(const QString &id) const
{
    const auto at = std::find_if(m_rows.begin(), m_rows.end(), [&id](const TimelineRow &row) {
        return row.id == id || row.clientId == id;
    });
    return id.isEmpty() || at == m_rows.end() ? -1 : int(at - m_rows.begin());
}

QString TimelineModel::oldestId() const
{
    return m_rows.size() > m_pending ? m_rows.last().id : QString();
}

void TimelineModel::setMe(const QString &userId, const QString &name)
{
    if (m_userId == userId && m_userName == name)
        return;
    for (TimelineRow &row : m_rows) {
        if (row.isPending()) {
            row.userId = userId;
            row.author = name;
        }
    }
    m_userId = userId;
    m_userName = name;
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1));
}

void TimelineModel::setClock(Clock clock)
{
    m_clock = std::move(clock);
    refreshDates();
}

void TimelineModel::addPending(const QString &clientId, const QString &text, const QDateTime &time,
                               MessageStatus status, const QString &error)
{
    if (indexOf(clientId) >= 0) {
        setStatus(clientId, status, error);
        return;
    }
    m_pending += 1;
    insert(0, TimelineRow{clientId, clientId, m_userId, m_userName, text, time.toLocalTime(), status, error});
}

void TimelineModel::setStatus(const QString &clientId, MessageStatus status, const QString &error)
{
    const int at = indexOf(clientId);
    if (at < 0 || !m_rows.at(at).isPending())
        return;
    m_rows[at].status = status;
    m_rows[at].error = error;
    touch(at, {StatusRole, ErrorRole, AccessibleTextRole});
    if (at == 0)
        Q_EMIT newestChanged();
}

void TimelineModel::confirm(const QString &clientId, const QString &serverId, const QDateTime &time)
{
    int at = indexOf(clientId);
    if (at < 0)
        return;
    if (m_rows.at(at).isPending()) {
        const int target = m_pending - 1;
        if (at != target) {
            beginMoveRows({}, at, at, {}, target + 1);
            m_rows.move(at, target);
            endMoveRows();
            touch(at, {ShowDateRole, FirstInGroupRole});
            at = target;
        }
        m_pending -= 1;
        m_rows[at].status = MessageStatus::Sent;
        m_rows[at].error.clear();
    }
    if (!serverId.isEmpty()) {
        m_rows[at].id = serverId;
        m_known.insert(serverId);
    }
    if (time.isValid())
        m_rows[at].time = time.toLocalTime();
    touch(at, {});
    if (at > 0)
        touch(at - 1, {ShowDateRole, FirstInGroupRole});
    Q_EMIT newestChanged();
}

void TimelineModel::discardPending(const QString &clientId)
{
    const int at = indexOf(clientId);
    if (at < 0 || !m_rows.at(at).isPending())
        return;
    beginRemoveRows({}, at, at);
    m_rows.removeAt(at);
    m_pending -= 1;
    endRemoveRows();
    if (at > 0)
        touch(at - 1, {ShowDateRole, FirstInGroupRole});
    Q_EMIT countChanged();
    Q_EMIT newestChanged();
}

bool TimelineModel::claimPending(const ChatMessage &message)
{
    if (!message.clientMessageId.isEmpty() && indexOf(message.clientMessageId) >= 0) {
        confirm(message.clientMessageId, message.id, message.timestamp);
        return true;
    }
    // A plain gateway does not say which of ours it is: the oldest one on its way with these words.
    if (message.userId != m_userId || !message.clientMessageId.isEmpty())
        return false;
    for (int at = m_pending - 1; at >= 0; --at) {
        const TimelineRow &row = m_rows.at(at);
        if (row.status == MessageStatus::Sending && row.text == message.content) {
            confirm(row.clientId, message.id, message.timestamp);
            return true;
        }
    }
    return false;
}

bool TimelineModel::addMessage(const ChatMessage &message)
{
    if (m_known.contains(message.id) || claimPending(message))
        return false;
    insert(m_pending, fromMessage(message));
    return true;
}

void TimelineModel::mergeNewest(const QList<ChatMessage> &messages)
{
    const bool touches = std::any_of(messages.begin(), messages.end(),
                                     [this](const ChatMessage &m) { return m_known.contains(m.id); });
    if (!touches && !messages.isEmpty() && m_rows.size() > m_pending) {
        beginRemoveRows({}, m_pending, count() - 1);
        m_rows.resize(m_pending);
        m_known.clear();
        endRemoveRows();
        Q_EMIT countChanged();
    }
    // What is newer than our newest goes in one by one; what is older than our oldest is appended as a block.
    QList<ChatMessage> older;
    for (const ChatMessage &message : messages) {
        const bool known = m_known.contains(message.id);
        const bool beforeOurs = m_rows.size() > m_pending && message.timestamp < m_rows.last().time;
        if (!known && beforeOurs)
            older.append(message);
        else if (!known)
            addMessage(message);
    }
    appendOlder(older);
}

void TimelineModel::appendOlder(const QList<ChatMessage> &messages)
{
    QList<TimelineRow> rows;
    for (auto message = messages.rbegin(); message != messages.rend(); ++message) {
        if (!m_known.contains(message->id) && !claimPending(*message)) {
            m_known.insert(message->id);
            rows.append(fromMessage(*message));
        }
    }
    if (rows.isEmpty())
        return;
    const int first = count();
    beginInsertRows({}, first, first + int(rows.size()) - 1);
    m_rows.append(rows);
    endInsertRows();
    if (first > 0)
        touch(first - 1, {ShowDateRole, FirstInGroupRole});
    Q_EMIT countChanged();
    if (first == 0)
        Q_EMIT newestChanged();
}

void TimelineModel::setUnreadLine(const QString &messageId)
{
    if (m_unreadLine == messageId)
        return;
    const QString before = std::exchange(m_unreadLine, messageId);
    for (const QString &id : {before, messageId}) {
        if (const int at = indexOf(id); at >= 0)
            touch(at, {UnreadLineRole, FirstInGroupRole});
    }
}

void TimelineModel::refreshDates()
{
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1), {DateLabelRole});
}

void TimelineModel::insert(int at, const TimelineRow &row)
{
    beginInsertRows({}, at, at);
    m_rows.insert(at, row);
    if (!row.isPending())
        m_known.insert(row.id);
    endInsertRows();
    if (at > 0)
        touch(at - 1, {ShowDateRole, FirstInGroupRole});
    Q_EMIT countChanged();
    if (at == 0 || at == m_pending)
        Q_EMIT newestChanged();
}

void TimelineModel::touch(int row, const QList<int> &roles)
{
    Q_EMIT dataChanged(index(row), index(row), roles);
}

bool TimelineModel::isFirstInGroup(int at) const
{
    if (at + 1 >= count())
        return true;
    const TimelineRow &row = m_rows.at(at);
    const TimelineRow &older = m_rows.at(at + 1);
    return row.userId != older.userId || row.time.date() != older.time.date()
           || older.time.secsTo(row.time) >= groupSpan || (!m_unreadLine.isEmpty() && row.id == m_unreadLine);
}

bool TimelineModel::isShowDate(int at) const
{
    return at + 1 >= count() || m_rows.at(at).time.date() != m_rows.at(at + 1).time.date();
}

TimelineRow TimelineModel::fromMessage(const ChatMessage &message) const
{
    TimelineRow row{message.id, {}, message.userId, message.username, message.content, message.timestamp,
                    {},         {}};
    if (message.userId == m_userId)
        row.status = MessageStatus::Sent;
    return row;
}

} // namespace Hubbub::App
