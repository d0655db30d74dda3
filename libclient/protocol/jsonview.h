// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArrayView>
#include <QtCore/QCborValue>
#include <QtCore/QString>

namespace SocketIo::Json
{

/// One value inside JSON that was validated before, read where it lies: what is not asked for is never built.
/// Thread: any; a value, good as long as the bytes are.
class View
{
public:
    /// What is known of a text.
    enum class Escapes : quint8 { Unknown, None, Some };

    View() = default;
    /// Exactly one valid value, no spaces around it.
    explicit View(QByteArrayView json, Escapes escapes = Escapes::Unknown)
        : m_json(json)
        , m_escapes(escapes)
    {
    }

    bool isText() const { return m_json.front() == '"'; }
    bool isNull() const { return m_json.front() == 'n'; }
    bool isList() const { return m_json.front() == '['; }
    bool isObject() const { return m_json.front() == '{'; }

    QString text() const; ///< of a text
    QCborValue value() const; ///< as parse() gives it
    bool isTextOf(QByteArrayView ascii) const; ///< a text of these characters, escaped or not

    QByteArrayView json() const { return m_json; }

private:
    bool hasEscapes() const;

    QByteArrayView m_json;
    Escapes m_escapes = Escapes::Unknown;
};

/// Goes through the items of a list, or the members of an object; of a repeated key, all of them. Thread:
/// any; lives on the stack.
class ViewReader
{
public:
    explicit ViewReader(const View &container)
        : m_at(container.json().data() + 1)
        , m_end(container.json().data() + container.json().size())
    {
    }
    bool next(View &item); ///< false at the end
    bool next(View &key, View &value); ///< false at the end

private:
    const char *m_at;
    const char *m_end;
};

} // namespace SocketIo::Json
