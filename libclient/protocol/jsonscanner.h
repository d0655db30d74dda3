// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/json.h"
#include "libclient/protocol/plaintext.h"
#include "libclient/protocol/utf8.h"

#include <array>
#include <bit>
#include <cstring>

/// The one JSON scanner, shared by checking, slicing and decoding. Internal to the protocol library.
/// Thread: any; lives on the stack of the function that uses it.
namespace SocketIo::Json
{

/// A string as it stands between its quotes.
struct StringToken {
    const char *begin = nullptr;
    const char *end = nullptr;
    bool escaped = false; ///< holds at least one backslash
};

enum class Fault : quint8 { None, Syntax, Encoding, TooDeep };

/// Ignores everything: what is left is the check. Other sinks derive from it and hide what they need.
struct NullSink {
    void beginArray(const char *) { }
    void endArray(const char *) { } ///< the byte after the bracket
    void beginObject(const char *) { }
    void endObject(const char *) { }
    void key(const StringToken &) { }
    void string(const StringToken &) { }
    void number(const char *, const char *, bool /*whole*/) { }
    void literal(const char *, const char *) { } ///< true, false or null
};

/// Walks through one JSON value without recursion and without allocating; nesting is kept in a field of bits.
template <typename Sink>
class Scanner
{
public:
    Scanner(QByteArrayView json, Sink &sink)
        : m_begin(json.data())
        , m_end(json.data() + json.size())
        , m_at(json.data())
        , m_sink(sink)
    {
    }

    Fault run()
    {
        skipSpace();
        do {
            if (const Fault fault = value(); fault != Fault::None)
                return fault;
        } while (m_more);
        return m_at == m_end ? Fault::None : Fault::Syntax;
    }

    /// Where the scanner stands: after a fault, the byte it did not like.
    qsizetype offset() const { return m_at - m_begin; }

private:
    // One value up to where the next one starts, or up to the end of the document.
    Fault value()
    {
        m_more = true;
        if (m_at == m_end)
            return Fault::Syntax;
        switch (*m_at) {
        case '{':
            if (!push(true))
                return Fault::TooDeep;
            m_sink.beginObject(m_at++);
            skipSpace();
            if (m_at == m_end || *m_at != '}')
                return key();
            break;
        case '[':
            if (!push(false))
                return Fault::TooDeep;
            m_sink.beginArray(m_at++);
            skipSpace();
            if (m_at == m_end || *m_at != ']')
                return Fault::None;
            break;
        case '"': {
            StringToken token;
            if (const Fault fault = string(token); fault != Fault::None)
                return fault;
            m_sink.string(token);
            break;
        }
        case 't':
            if (!literal("true"))
                return Fault::Syntax;
            break;
        case 'f':
            if (!literal("false"))
                return Fault::Syntax;
            break;
        case 'n':
            if (!literal("null"))
                return Fault::Syntax;
            break;
        default:
            if (!number())
                return Fault::Syntax;
        }
        return afterValue(); // the one place, so that all of this becomes one loop
    }

    Fault afterValue()
    {
        for (;;) {
            skipSpace();
            if (m_depth == 0) {
                m_more = false;
                return Fault::None;
            }
            if (m_at == m_end)
                return Fault::Syntax;
            const bool object = inObject();
            if (*m_at == ',') {
                ++m_at;
                skipSpace();
                return object ? key() : Fault::None;
            }
            if (*m_at != (object ? '}' : ']'))
                return Fault::Syntax;
            ++m_at;
            --m_depth;
            if (object)
                m_sink.endObject(m_at);
            else
                m_sink.endArray(m_at);
        }
    }

    Fault key()
    {
        if (m_at == m_end || *m_at != '"')
            return Fault::Syntax;
        StringToken token;
        if (const Fault fault = string(token); fault != Fault::None)
            return fault;
        m_sink.key(token);
        skipSpace();
        if (m_at == m_end || *m_at != ':')
            return Fault::Syntax;
        ++m_at;
        skipSpace();
        return Fault::None;
    }

    Fault string(StringToken &token)
    {
        token.begin = ++m_at;
        for (;;) {
            m_at = skipRun<Run::Plain>(m_at, m_end);
            if (m_at == m_end)
                return Fault::Syntax;
            const auto byte = static_cast<uchar>(*m_at);
            if (byte == '"') {
                token.end = m_at++;
                return Fault::None;
            }
            if (byte == '\\') {
                token.escaped = true;
                if (!escape())
                    return Fault::Syntax;
            } else if (byte >= 0x80) {
                if (!multiByte())
                    return Fault::Encoding;
            } else {
                return Fault::Syntax; // a control character
            }
        }
    }

    bool escape()
    {
        if (m_end - m_at < 2)
            return false;
        const char kind = m_at[1];
        if (kind != 'u') {
            if (kind == '\0' || !std::strchr("\"\\/bfnrt", kind))
                return false;
            m_at += 2;
            return true;
        }
        if (m_end - m_at < 6)
            return false;
        for (int i = 2; i < 6; ++i) {
            const char lower = char(m_at[i] | 0x20);
            if (!(m_at[i] >= '0' && m_at[i] <= '9') && !(lower >= 'a' && lower <= 'f'))
                return false;
        }
        m_at += 6;
        return true;
    }

    bool multiByte()
    {
        const qsizetype length = wellFormedLength(m_at, m_end);
        m_at += length;
        return length > 0;
    }

    bool number()
    {
        const char *const start = m_at;
        bool whole = true;
        if (*m_at == '-')
            ++m_at;
        if (m_at != m_end && *m_at == '0')
            ++m_at;
        else if (!digits())
            return false;
        if (m_at != m_end && *m_at == '.') {
            whole = false;
            ++m_at;
            if (!digits())
                return false;
        }
        if (m_at != m_end && (*m_at | 0x20) == 'e') {
            whole = false;
            ++m_at;
            if (m_at != m_end && (*m_at == '+' || *m_at == '-'))
                ++m_at;
            if (!digits())
                return false;
        }
        m_sink.number(start, m_at, whole);
        return true;
    }

    bool digits()
    {
        const char *const start = m_at;
        while (m_at != m_end && *m_at >= '0' && *m_at <= '9')
            ++m_at;
        return m_at != start;
    }

    template <qsizetype N>
    bool literal(const char (&word)[N])
    {
        if (m_end - m_at < N - 1 || std::memcmp(m_at, word, N - 1) != 0)
            return false;
        m_sink.literal(m_at, m_at + N - 1);
        m_at += N - 1;
        return true;
    }

    void skipSpace()
    {
        while (m_at != m_end && static_cast<uchar>(*m_at) <= ' '
               && (*m_at == ' ' || *m_at == '\n' || *m_at == '\r' || *m_at == '\t'))
            ++m_at;
    }

    bool push(bool object)
    {
        if (m_depth == maxDepth)
            return false;
        const quint64 bit = quint64(1) << (m_depth % 64);
        quint64 &word = m_objects[std::size_t(m_depth / 64)];
        word = object ? word | bit : word & ~bit;
        ++m_depth;
        return true;
    }

    bool inObject() const
    {
        const int top = m_depth - 1;
        return (m_objects[std::size_t(top / 64)] >> (top % 64)) & 1;
    }

    const char *const m_begin;
    const char *const m_end;
    const char *m_at;
    Sink &m_sink;
    int m_depth = 0;
    bool m_more = true;
    std::array<quint64, (maxDepth + 63) / 64> m_objects{};
};

} // namespace SocketIo::Json
