// SPDX-License-Identifier: MIT
#include "libclient/protocol/cborsink.h"
#include "libclient/protocol/json.h"
#include "libclient/protocol/msgpack.h"

#include <QtCore/QtEndian>

#include <limits>
#include <msgpack.hpp>

namespace SocketIo::MsgPack
{

namespace
{

/// Turns what msgpack-c finds into a value. A call that returns false stops it.
class Visitor : public msgpack::null_visitor
{
public:
    Visitor(qsizetype size, qint64 maxBinary)
        : m_sink(qsizetype(0), size)
        , m_elementsLeft(size)
        , m_binaryLeft(maxBinary)
    {
    }

    bool visit_nil()
    {
        m_sink.null();
        return isValue();
    }
    bool visit_boolean(bool value)
    {
        m_sink.boolean(value);
        return isValue();
    }
    bool visit_positive_integer(std::uint64_t number)
    {
        if (m_isKey)
            return numberKey(QByteArray::number(quint64(number)));
        if (number <= std::uint64_t(std::numeric_limits<qint64>::max()))
            m_sink.integer(qint64(number));
        else
            m_sink.real(double(number));
        return true;
    }
    bool visit_negative_integer(std::int64_t number)
    {
        if (m_isKey)
            return numberKey(QByteArray::number(qint64(number)));
        m_sink.integer(number);
        return true;
    }
    bool visit_float32(float number) { return visit_float64(number); }
    bool visit_float64(double number)
    {
        m_sink.real(number);
        return isValue();
    }
    bool visit_str(const char *text, std::uint32_t size)
    {
        if (!QByteArrayView(text, qsizetype(size)).isValidUtf8())
            return false;
        const Json::StringToken token{text, text + size, false};
        if (m_isKey)
            m_sink.key(token);
        else
            m_sink.string(token);
        return true;
    }
    bool visit_bin(const char *data, std::uint32_t size)
    {
        return isValue() && binary({data, qsizetype(size)});
    }
    /// The bytes from the type on; before it stands the format, or its length.
    bool visit_ext(const char *data, std::uint32_t size)
    {
        if (!isValue())
            return false;
        const auto type = qint8(data[0]);
        const QByteArrayView body(data + 1, qsizetype(size) - 1);
        const bool fixed = isFixed(uchar(data[-1]), body.size());
        if (type == 0 && fixed && body.size() == 1) {
            m_sink.undefined();
            return true;
        }
        if (type == 0 && fixed && body.size() == 8) {
            m_sink.dateTime(qFromBigEndian<qint64>(body.data()));
            return true;
        }
        if (type == 0 && !fixed)
            return binary(body);
        m_sink.beginArray(nullptr);
        m_sink.integer(type);
        const bool fits = binary(body);
        m_sink.endArray(nullptr);
        return fits;
    }
    bool start_array(std::uint32_t count)
    {
        m_sink.beginArray(nullptr);
        return isValue() && enter(count);
    }
    bool end_array()
    {
        m_sink.endArray(nullptr);
        --m_depth;
        return true;
    }
    bool start_map(std::uint32_t count)
    {
        m_sink.beginObject(nullptr);
        return isValue() && enter(qint64(count) * 2);
    }
    bool start_map_key()
    {
        m_isKey = true;
        return true;
    }
    bool end_map_key()
    {
        m_isKey = false;
        return true;
    }
    bool end_map()
    {
        m_sink.endObject(nullptr);
        --m_depth;
        return true;
    }

    bool isTooDeep() const { return m_depth > Json::maxDepth; }
    bool isTooMuch() const { return m_binaryLeft < 0; }
    QCborValue value() && { return std::move(m_sink).value(); }

private:
    bool isValue() const { return !m_isKey; } // a key is text, or a number at most

    bool numberKey(const QByteArray &digits)
    {
        m_sink.key({digits.constData(), digits.constData() + digits.size(), false});
        return true;
    }
    bool binary(QByteArrayView data)
    {
        m_binaryLeft -= data.size();
        if (m_binaryLeft >= 0)
            m_sink.bytes(data);
        return m_binaryLeft >= 0;
    }
    /// Each element takes a byte at least: who promises more than there are lies.
    bool enter(qint64 elements)
    {
        m_elementsLeft -= elements;
        return m_elementsLeft >= 0 && ++m_depth <= Json::maxDepth;
    }
    /// Whether the byte before the type is the format of an extension of that length; else it is the length
    /// itself, which then is none of these.
    static bool isFixed(uchar before, qsizetype length)
    {
        constexpr uchar fixedExtension1 = 0xD4; // then those of 2, 4, 8 and 16 bytes
        return before >= fixedExtension1 && before <= fixedExtension1 + 4
               && length == qsizetype(1) << (before - fixedExtension1);
    }

    Json::CborSink m_sink;
    bool m_isKey = false;
    int m_depth = 0;
    qint64 m_elementsLeft;
    qint64 m_binaryLeft;
};

} // namespace

Hubbub::Result<QCborValue> read(QByteArrayView data, qint64 maxBinary)
{
    Visitor visitor(data.size(), maxBinary);
    std::size_t end = 0;
    const bool whole = msgpack::parse(data.data(), std::size_t(data.size()), end, visitor);
    if (visitor.isTooMuch())
        return Hubbub::failure(QStringLiteral("too-much-binary"),
                               QStringLiteral("There is more binary data than is accepted."));
    if (visitor.isTooDeep())
        return Hubbub::failure(QStringLiteral("too-deep"), QStringLiteral("The data is nested too deep."));
    if (!whole || qsizetype(end) != data.size())
        return Hubbub::failure(QStringLiteral("invalid-msgpack"),
                               QStringLiteral("The data is not MessagePack."),
                               QStringLiteral("at byte %1").arg(end));
    return std::move(visitor).value();
}

} // namespace SocketIo::MsgPack
