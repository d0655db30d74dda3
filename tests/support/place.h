// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/mailbox.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QEvent>
#include <QtCore/QObject>

#include <functional>

/// Runs what is posted to it, one event for each. Thread: its own; post() is for any.
class Place : public QObject
{
public:
    void post(std::function<void()> &&work)
    {
        [[maybe_unused]] const bool first = m_work.post(std::move(work));
        QCoreApplication::postEvent(this, new QEvent(QEvent::User));
    }

protected:
    bool event(QEvent *event) override
    {
        if (event->type() != QEvent::User)
            return QObject::event(event);
        for (const auto &work : m_work.take())
            work();
        return true;
    }

private:
    Hubbub::Mailbox<std::function<void()>> m_work;
};
