// SPDX-License-Identifier: MIT
#pragma once

#include "app/chat/chattypes.h"
#include "app/chat/timelinerow.h"

#include <QtCore/QAbstractListModel>
#include <QtCore/QSet>
#include <QtQml/qqmlregistration.h>

#include <functional>

namespace Hubbub::App
{

/// The messages of one room, newest first. What is not acknowledged stands at the front, below all that is;
/// when it is acknowledged it takes the server's place and time. Thread: GUI.
class TimelineModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a Room")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    enum Role {
        MessageIdRole = Qt::UserRole + 1,
        AuthorRole,
        UserIdRole,
        InitialsRole,
        SlotRole,
        TextRole,
        TimeRole,
        DateLabelRole,
        ShowDateRole,
        FirstInGroupRole,
        OwnRole,
        StatusRole,
        ErrorRole,
        UnreadLineRole,
        AccessibleTextRole,
    };
    Q_ENUM(Role)
    using Clock = std::function<QDateTime()>;

    explicit TimelineModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    int count() const { return int(m_rows.size()); }
    const TimelineRow &row(int index) const { return m_rows.at(index); }
    int indexOf(const QString &id) const; ///< by either id; -1 if it is not here
    int pendingCount() const { return m_pending; }
    QString oldestId() const; ///< the server's id of the oldest message; empty if there is none
    const TimelineRow *newest() const { return m_rows.isEmpty() ? nullptr : &m_rows.first(); }

    void setMe(const QString &userId, const QString &name);
    void setClock(Clock clock); ///< tells today from yesterday

    void addPending(const QString &clientId, const QString &text, const QDateTime &time, MessageStatus status,
                    const QString &error);
    void setStatus(const QString &clientId, MessageStatus status, const QString &error = {});
    /// The server has it, as that message. An empty server id keeps the client's.
    void confirm(const QString &clientId, const QString &serverId, const QDateTime &time = {});
    void discardPending(const QString &clientId);

    /// True if it was not known before.
    bool addMessage(const ChatMessage &message);
    /// The newest messages as the server has them now; what lies between is dropped if they do not touch
    /// ours.
    void mergeNewest(const QList<ChatMessage> &messages);
    void appendOlder(const QList<ChatMessage> &messages);

    void setUnreadLine(const QString &messageId); ///< empty: none
    QString unreadLine() const { return m_unreadLine; }
    void refreshDates(); ///< a new day has begun

Q_SIGNALS:
    void countChanged();
    void newestChanged();

private:
    bool claimPending(const ChatMessage &message);
    void insert(int at, const TimelineRow &row);
    void touch(int index, const QList<int> &roles);
    bool isFirstInGroup(int index) const;
    bool isShowDate(int index) const;
    bool isOwn(const TimelineRow &row) const { return row.userId == m_userId; }
    TimelineRow fromMessage(const ChatMessage &message) const;

    QList<TimelineRow> m_rows;
    QSet<QString> m_known; ///< server ids
    int m_pending = 0;
    QString m_userId;
    QString m_userName;
    QString m_unreadLine;
    Clock m_clock;
};

} // namespace Hubbub::App
