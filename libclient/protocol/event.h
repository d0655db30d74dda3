// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/arguments.h"

#include <QtCore/QString>

#include <functional>
#include <memory>

namespace SocketIo
{

/// Answers the peer that asked for an acknowledgement. Copies answer together: the first call is sent, later
/// ones are ignored. Calling it after the socket is gone does nothing. Thread: that of the socket that
/// delivered it.
class Ack
{
public:
    using Sender = std::function<void(const Arguments &)>;

    Ack() = default;
    explicit Ack(Sender sender)
        : m_sender(std::make_shared<Sender>(std::move(sender)))
    {
    }

    /// False if the peer did not ask for an answer; calling it is harmless all the same.
    bool isRequested() const { return m_sender != nullptr; }

    void operator()(const Arguments &arguments = {}) const;

private:
    std::shared_ptr<Sender> m_sender;
};

/// An event as a handler gets it. Thread: that of the socket that delivered it; a value.
struct Event {
    QString name;
    Arguments arguments;
    Ack ack;
};

/// Handles an event, or says why its arguments did not fit ("argument-mismatch", with event, position and
/// type).
using EventHandler = std::function<Hubbub::Result<void>(const Event &)>;

} // namespace SocketIo
