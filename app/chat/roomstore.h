// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QObject>
#include <QtCore/QSettings>
#include <QtCore/QTimer>

namespace Hubbub::App
{

/// What the app remembers of one server's rooms between runs: which ones were joined, the open one, and
/// drafts. Written at most half a second after a change. Thread: GUI.
class RoomStore : public QObject
{
    Q_OBJECT
public:
    struct Known {
        QString roomId;
        QString title;
    };

    RoomStore(const QString &file, QObject *parent);
    ~RoomStore() override;

    QList<Known> rooms() const; ///< in the order they were first joined
    bool knows(const QString &roomId) const;
    void addRoom(const QString &roomId, const QString &title);
    void renameRoom(const QString &roomId, const QString &title); ///< if it is known
    void removeRoom(const QString &roomId);

    QStringList leftRooms() const; ///< ids of those the person left and has not opened again
    void setLeft(const QString &roomId, bool left);

    QString openRoom() const;
    void setOpenRoom(const QString &roomId);

    QString draft(const QString &roomId) const;
    void setDraft(const QString &roomId, const QString &text);

private:
    void writeRooms(const QList<Known> &rooms);

    mutable QSettings m_file; // reading an array moves its cursor
    QTimer m_write;
};

} // namespace Hubbub::App
