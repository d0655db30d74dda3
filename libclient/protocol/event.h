// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/arguments.h"

#include <QtCore/QString>

#include <concepts>
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
    Ack() = default;
    /// `sender` sends the answer: void(const Arguments &).
    template <std::invocable<const Arguments &> F>
    explicit Ack(F sender)
        : m_answer(std::make_shared<AnswerBy<F>>(std::move(sender)))
    {
    }

    /// False if the peer did not ask for an answer; calling it is harmless all the same.
    bool isRequested() const { return m_answer != nullptr; }

    void operator()(const Arguments &arguments = {}) const;

private:
    class Answer
    {
    public:
        virtual ~Answer() = default;
        virtual void send(const Arguments &arguments) = 0;
        bool given = false;
    };
    template <typename F>
    class AnswerBy final : public Answer
    {
    public:
        explicit AnswerBy(F &&sender)
            : m_sender(std::move(sender))
        {
        }
        void send(const Arguments &arguments) override { m_sender(arguments); }

    private:
        F m_sender;
    };

    std::shared_ptr<Answer> m_answer; ///< one allocation for every event that asks
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
