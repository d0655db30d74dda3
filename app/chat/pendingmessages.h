// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/outbox/outbox.h"

#include <QtCore/QObject>

#include <functional>

namespace Hubbub::App
{

class OutboxBridge;
class Room;

/// Shows what waits in the outbox in the timelines of its rooms, until it is delivered or discarded. `roomOf`
/// finds the room of an id, and makes it if need be. Thread: GUI.
class PendingMessages : public QObject
{
    Q_OBJECT
public:
    PendingMessages(OutboxBridge *outbox, std::function<Room *(const QString &roomId)> roomOf,
                    QObject *parent);

private:
    void show(const OutboxEntry &entry);

    std::function<Room *(const QString &roomId)> m_roomOf;
};

} // namespace Hubbub::App
