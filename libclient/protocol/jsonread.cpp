// SPDX-License-Identifier: MIT
#include "libclient/protocol/cborsink.h"
#include "libclient/protocol/jsonplaceholder.h"
#include "libclient/protocol/jsonscanner.h"
#include "libclient/protocol/jsontext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace SocketIo::Json
{

namespace
{

bool isSpace(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

/// Notes where the elements of the outermost array are.
class SliceSink : public NullSink
{
public:
    SliceSink(const char *origin, Slices &slices)
        : m_origin(origin)
        , m_slices(slices)
    {
    }

    void beginArray(const char *at) { open(at); }
    void endArray(const char *end) { close(end); }
    void beginObject(const char *at) { open(at); }
    void endObject(const char *end) { close(end); }
    void string(const StringToken &token) { element(token.begin - 1, token.end + 1); }
    void number(const char *begin, const char *end, bool) { element(begin, end); }
    void literal(const char *begin, const char *end) { element(begin, end); }

private:
    void open(const char *at)
    {
        if (++m_depth == 2)
            m_start = at;
    }
    void close(const char *end)
    {
        if (--m_depth == 1)
            m_slices.push_back({m_start - m_origin, end - m_start});
    }
    void element(const char *begin, const char *end)
    {
        if (m_depth == 1)
            m_slices.push_back({begin - m_origin, end - begin});
    }

    const char *m_origin;
    const char *m_start = nullptr;
    Slices &m_slices;
    int m_depth = 0;
};

/// Decodes a value that is neither array nor object, without the detour.
class ScalarSink : public NullSink
{
public:
    void string(const StringToken &token)
    {
        const QByteArrayView text(token.begin, token.end);
        if (!token.escaped) {
            value = readText(text);
            return;
        }
        QByteArray decoded;
        unescape(text, decoded);
        value = readText(decoded);
    }
    void number(const char *begin, const char *end, bool whole)
    {
        const auto integer = whole ? readInteger({begin, end}) : std::nullopt;
        value = integer ? QCborValue(*integer) : QCborValue(readDouble({begin, end}));
    }
    void literal(const char *begin, const char *)
    {
        value = *begin == 'n' ? QCborValue(nullptr) : QCborValue(*begin == 't');
    }

    QCborValue value;
};

bool isContainer(QByteArrayView json)
{
    const auto first = std::find_if_not(json.begin(), json.end(), isSpace);
    return first != json.end() && (*first == '[' || *first == '{');
}

tl::unexpected<Hubbub::Error> faultError(Fault fault, qsizetype offset)
{
    if (fault == Fault::TooDeep)
        return Hubbub::failure(u"too-deep"_s, u"The data is nested too deeply."_s,
                               u"at byte %1"_s.arg(offset));
    return Hubbub::failure(
        u"invalid-json"_s, u"The data is not valid JSON."_s,
        (fault == Fault::Encoding ? u"not UTF-8 at byte %1"_s : u"at byte %1"_s).arg(offset));
}

template <typename Sink>
Hubbub::Result<void> scan(QByteArrayView json, Sink &sink)
{
    Scanner<Sink> scanner(json, sink);
    if (const Fault fault = scanner.run(); fault != Fault::None)
        return faultError(fault, scanner.offset());
    return {};
}

} // namespace

Hubbub::Result<void> validate(QByteArrayView json)
{
    NullSink sink;
    return scan(json, sink);
}

Hubbub::Result<Slices> validateArray(QByteArrayView json)
{
    Slices slices;
    if (auto valid = validateArray(json, slices); !valid)
        return tl::unexpected<Hubbub::Error>(std::move(valid.error()));
    return slices;
}

Hubbub::Result<void> validateArray(QByteArrayView json, Slices &slices)
{
    SliceSink sink(json.data(), slices);
    if (auto valid = scan(json, sink); !valid)
        return tl::unexpected<Hubbub::Error>(std::move(valid.error()));
    if (*std::find_if_not(json.begin(), json.end(), isSpace) != '[')
        return Hubbub::failure(u"not-an-array"_s, u"The data is not a list."_s);
    return {};
}

Hubbub::Result<QCborValue> parse(QByteArrayView json)
{
    return parse(json, {});
}

Hubbub::Result<QCborValue> parse(QByteArrayView json, const QList<QByteArray> &attachments)
{
    if (!isContainer(json)) {
        ScalarSink sink;
        if (auto valid = scan(json, sink); !valid)
            return tl::unexpected<Hubbub::Error>(std::move(valid.error()));
        return std::move(sink.value);
    }
    CborSink sink(attachments, json.size());
    if (auto valid = scan(json, sink); !valid)
        return tl::unexpected<Hubbub::Error>(std::move(valid.error()));
    return std::move(sink).value();
}

PlaceholderUse checkPlaceholders(QByteArrayView json, qsizetype attachments)
{
    CborSink sink(attachments, json.size());
    if (!scan(json, sink))
        return {false, false, 0};
    return sink.placeholders();
}

} // namespace SocketIo::Json
