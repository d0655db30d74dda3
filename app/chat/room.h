// SPDX-License-Identifier: MIT
#pragma once

#include "app/chat/chattypes.h"
#include "app/chat/peoplemodel.h"
#include "app/chat/timelinemodel.h"
#include "app/chat/typingtracker.h"
#include "app/chat/unreadcounter.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>
#include <QtQml/qqmlregistration.h>

namespace Hubbub::App
{

class ChatSession;

/// One room as a person sees it: what was said, who is there, what is unread, what is being written. Thread:
/// GUI.
class Room : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a ChatSession")
    Q_PROPERTY(QString roomId READ roomId CONSTANT)
    Q_PROPERTY(QString title READ title NOTIFY infoChanged)
    Q_PROPERTY(QString topic READ topic NOTIFY infoChanged)
    Q_PROPERTY(QString subtitle READ subtitle NOTIFY subtitleChanged)
    Q_PROPERTY(int slot READ slotNumber CONSTANT)
    Q_PROPERTY(bool joined READ isJoined NOTIFY joinedChanged)
    Q_PROPERTY(bool left READ isLeft NOTIFY leftChanged)
    Q_PROPERTY(Hubbub::App::TimelineModel *timeline READ timeline CONSTANT)
    Q_PROPERTY(Hubbub::App::PeopleModel *people READ people CONSTANT)
    Q_PROPERTY(QString typingText READ typingText NOTIFY typingChanged)
    Q_PROPERTY(QString statusLine READ statusLine NOTIFY statusLineChanged)
    Q_PROPERTY(int unread READ unread NOTIFY unreadChanged)
    Q_PROPERTY(int mentions READ mentions NOTIFY unreadChanged)
    Q_PROPERTY(int waiting READ waiting NOTIFY waitingChanged)
    Q_PROPERTY(QString draft READ draft WRITE setDraft NOTIFY draftChanged)
    Q_PROPERTY(bool reading READ isReading WRITE setReading NOTIFY readingChanged)
    Q_PROPERTY(bool canLoadOlder READ canLoadOlder NOTIFY olderChanged)
    Q_PROPERTY(bool loadingOlder READ isLoadingOlder NOTIFY olderChanged)
public:
    static constexpr std::chrono::milliseconds typingRenewal{3'000};
    static constexpr std::chrono::milliseconds typingIdle{5'000};

    Room(ChatSession *session, const QString &roomId, const QString &title);

    QString roomId() const { return m_roomId; }
    QString title() const { return m_title; }
    QString topic() const { return m_topic; }
    QString subtitle() const; ///< the topic, or how many people; empty if neither is known
    int slotNumber() const;
    bool isJoined() const { return m_joined; }
    bool isLeft() const { return m_left; } ///< the person does not want to be in it any more
    TimelineModel *timeline() const { return m_timeline; }
    PeopleModel *people() const { return m_people; }
    QString typingText() const { return m_typing->text(); }
    QString statusLine() const; ///< of the strip above the composer
    int unread() const { return m_unread.unread(); }
    int mentions() const { return m_unread.mentions(); }
    int waiting() const { return m_waiting; } ///< own messages that are not sent, failed ones among them
    QString draft() const { return m_draft; }
    void setDraft(const QString &draft);
    void giveBack(const QString &text); ///< puts what could not be kept before the draft
    bool isReading() const
    {
        return m_reading;
    } ///< false while scrolled up: new messages then count as unread
    void setReading(bool reading);
    bool canLoadOlder() const;
    bool isLoadingOlder() const { return m_loadingOlder; }
    QString preview() const;
    QDateTime lastActivity() const;

    Q_INVOKABLE bool
    send(const QString &text); ///< false if there was nothing to send, or no place to keep it
    Q_INVOKABLE void composing();
    Q_INVOKABLE void retry(const QString &messageId);
    Q_INVOKABLE void discard(const QString &messageId);
    Q_INVOKABLE void loadOlder();
    Q_INVOKABLE void markRead();

    // What the session tells it.
    void setMe(const QString &userId, const QString &name);
    void setInfo(const ChatRoomInfo &info);
    void setJoined(bool joined);
    void setLeft(bool left);
    void setJoinProblem(const QString &problem); ///< why it is not joined yet; empty when it is
    void setWaiting(int waiting);
    void applyHistory(const ChatHistory &history);
    void receive(const ChatMessage &message, bool seen);
    void personJoined(const ChatPerson &person);
    void personLeft(const ChatPerson &person);
    void typingStarted(const ChatPerson &person);
    void typingStopped(const ChatPerson &person);
    void linkChanged();

Q_SIGNALS:
    void infoChanged();
    void subtitleChanged();
    void joinedChanged();
    void leftChanged();
    void typingChanged();
    void statusLineChanged();
    void unreadChanged();
    void waitingChanged();
    void draftChanged();
    void readingChanged();
    void olderChanged();
    void activityChanged(); ///< the newest message is another

private:
    void stopComposing();
    void updateTyping();
    void setLoadingOlder(bool loading);

    ChatSession *m_session;
    QString m_roomId;
    QString m_title;
    QString m_topic;
    ChatRoomInfo m_info;
    TimelineModel *m_timeline;
    PeopleModel *m_people;
    TypingTracker *m_typing;
    UnreadCounter m_unread;
    QString m_draft;
    QTimer m_composingIdle;
    QTimer m_composingRenewal;
    int m_waiting = 0;
    QString m_joinProblem;
    bool m_joined = false;
    bool m_left = false;
    bool m_reading = true;
    bool m_loadingOlder = false;
    bool m_hasOlder = true;
};

} // namespace Hubbub::App
