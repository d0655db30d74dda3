// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/rawsocket.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

/// A client of one gateway, word for word: it knows the wire and nothing of our client library. Thread: the
/// test's.
class GatewayPeer
{
public:
    struct Event {
        QString name;
        QJsonArray arguments;
    };

    GatewayPeer(quint16 port, QByteArray nsp)
        : m_nsp(std::move(nsp))
        , m_socket(port)
    {
        m_socket.setAnswersPings(true);
    }

    /// False if the namespace refused; refusal() says why.
    bool join(const QJsonObject &auth)
    {
        if (!m_socket.open())
            return false;
        m_socket.send("40" + m_nsp + ',' + QJsonDocument(auth).toJson(QJsonDocument::Compact));
        const auto answer = m_socket.nextText();
        const auto body = QJsonDocument::fromJson(answer.mid(answer.indexOf(',') + 1)).object();
        m_id = answer.startsWith("40") ? body.value(QStringLiteral("sid")).toString() : QString();
        m_refusal = body.value(QStringLiteral("message")).toString();
        return !m_id.isEmpty();
    }

    QString id() const { return m_id; }
    QString refusal() const { return m_refusal; }

    void emitEvent(const QString &name, const QJsonValue &payload = {})
    {
        m_socket.send("42" + m_nsp + ',' + packed(name, payload));
    }

    /// The answer's first argument; empty if none came.
    QJsonObject call(const QString &name, const QJsonValue &payload = {})
    {
        const auto id = QByteArray::number(++m_lastId);
        m_socket.send("42" + m_nsp + ',' + id + packed(name, payload));
        const QDeadlineTimer patience(RawSocket::patience);
        while (!patience.hasExpired()) {
            const auto frame = m_socket.next();
            if (!frame)
                return {};
            const QByteArray head = "43" + m_nsp + ',' + id + '[';
            if (frame->data.startsWith(head))
                return QJsonDocument::fromJson(frame->data.mid(head.size() - 1)).array().at(0).toObject();
            keep(frame->data);
        }
        return {};
    }

    /// Asks and does not wait: answer() gives the answers, as they come.
    void ask(const QString &name, const QJsonValue &payload = {})
    {
        m_socket.send("42" + m_nsp + ',' + QByteArray::number(++m_lastId) + packed(name, payload));
    }
    /// The first argument of the next answer to anything; nothing if none came.
    std::optional<QJsonObject> answer()
    {
        const QByteArray head = "43" + m_nsp + ',';
        while (const auto frame = m_socket.next()) {
            if (frame->data.startsWith(head))
                return QJsonDocument::fromJson(frame->data.mid(frame->data.indexOf('[')))
                    .array()
                    .at(0)
                    .toObject();
            keep(frame->data);
        }
        return std::nullopt;
    }

    /// The next event of that name, other events stay; no arguments if none came.
    std::optional<Event> next(const QString &name)
    {
        const QDeadlineTimer patience(RawSocket::patience);
        while (true) {
            for (auto it = m_events.begin(); it != m_events.end(); ++it) {
                if (it->name == name) {
                    const Event event = *it;
                    m_events.erase(it);
                    return event;
                }
            }
            const auto frame = patience.hasExpired() ? std::nullopt : m_socket.next();
            if (!frame)
                return std::nullopt;
            keep(frame->data);
        }
    }
    /// The first argument of the next event of that name.
    QJsonObject payload(const QString &name)
    {
        const auto event = next(name);
        return event ? event->arguments.at(0).toObject() : QJsonObject();
    }

    /// Names of the events that have come and were not asked for, in order. What the server had sent before
    /// is in it.
    QStringList unread()
    {
        m_socket.send("40/no-such-namespace,"); // a round trip that no gateway has a part in
        const QDeadlineTimer patience(RawSocket::patience);
        while (!patience.hasExpired()) {
            const auto frame = m_socket.next();
            if (!frame || frame->data.startsWith("44/no-such-namespace,"))
                break;
            keep(frame->data);
        }
        QStringList names;
        for (const auto &event : m_events)
            names += event.name;
        m_events.clear();
        return names;
    }

    /// Waits for the DISCONNECT packet.
    bool isPutOut()
    {
        while (!m_isPutOut) {
            const auto frame = m_socket.next();
            if (!frame)
                return false;
            keep(frame->data);
        }
        return true;
    }
    void leave() { m_socket.abort(); }
    void close() { m_socket.close(); }

private:
    static QByteArray packed(const QString &name, const QJsonValue &payload)
    {
        QJsonArray list{name};
        if (!payload.isNull() && !payload.isUndefined())
            list.append(payload);
        return QJsonDocument(list).toJson(QJsonDocument::Compact);
    }
    void keep(const QByteArray &frame)
    {
        if (frame == "41" + m_nsp + ',' || frame == "41" + m_nsp)
            m_isPutOut = true;
        const QByteArray head = "42" + m_nsp + ',';
        if (!frame.startsWith(head))
            return;
        auto list = QJsonDocument::fromJson(frame.mid(head.size())).array();
        const auto name = list.takeAt(0).toString();
        m_events.push_back({name, list});
    }

    QByteArray m_nsp;
    RawSocket m_socket;
    QString m_id;
    QString m_refusal;
    int m_lastId = 0;
    std::deque<Event> m_events;
    bool m_isPutOut = false;
};
