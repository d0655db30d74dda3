// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/event.h"

#include <QtCore/QObject>
#include <QtQml/QJSValue>
#include <QtQml/QQmlEngine>

namespace SocketIo
{

/// Answers an event the server wants acknowledged; only the first send() counts. Owned by the script it is
/// given to. Thread: the engine's.
class QmlAnswer : public QObject
{
    Q_OBJECT
    QML_NAMED_ELEMENT(Answer)
    QML_UNCREATABLE("An answer comes with an event.")
public:
    explicit QmlAnswer(const Ack &ack)
        : m_ack(ack)
    {
    }

    Q_INVOKABLE void send(const QJSValue &arguments = {}) const;

private:
    Ack m_ack;
};

} // namespace SocketIo
