// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"
#include "server-lite/core/middleware.h"

#include <QtCore/QHash>

#include <memory>

namespace valijson
{
class Schema;
}

namespace Hubbub
{

/// JSON Schemas (draft 7) of events' first arguments, by event, compiled once. References to other files are
/// not followed. Byte strings count as text, lengths count Unicode characters. Thread: any; an immutable
/// value.
class EventSchemas
{
public:
    /// What of an event broke which rule.
    struct Fault {
        QString event;
        QString path; ///< a JSON pointer into the first argument; empty for all of it
        QString rule; ///< in words, for example "String should be no more than 128 characters in length."
    };

    EventSchemas();
    ~EventSchemas();
    EventSchemas(const EventSchemas &);
    EventSchemas &operator=(const EventSchemas &);

    /// Compiles the texts of schemas by event. Errors: "invalid-schema", naming the event.
    static Result<EventSchemas> compile(const QHash<QString, QByteArray> &texts);

    bool isEmpty() const;
    /// The first fault; none for an event that has no schema.
    std::optional<Fault> find(const SocketIo::Event &event) const;
    /// The same as an error, "invalid-payload", with event, path and rule in its sentence.
    Result<void> check(const SocketIo::Event &event) const;
    /// Refuses with {code: "invalid-payload", message, event, path, rule}.
    SocketIo::EventMiddleware middleware() const;

private:
    using Table = QHash<QString, std::shared_ptr<const valijson::Schema>>;
    std::shared_ptr<const Table> m_table;
};

} // namespace Hubbub
