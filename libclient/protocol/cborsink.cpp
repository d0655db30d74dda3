// SPDX-License-Identifier: MIT
#include "libclient/protocol/cborsink.h"

#include "libclient/protocol/jsontext.h"

#include <QtCore/QDateTime>
#include <QtCore/QtEndian>

#include <algorithm>
#include <numeric>

namespace SocketIo::Json
{

namespace
{

// RFC 8949: major types and the simple values that JSON has.
constexpr uchar unsignedInteger = 0x00;
constexpr uchar negativeInteger = 0x20;
constexpr uchar byteString = 0x40;
constexpr uchar textString = 0x60;
constexpr char openArray = char(0x9F);
constexpr char openMap = char(0xBF);
constexpr char closeAny = char(0xFF);
constexpr char falseValue = char(0xF4);
constexpr char trueValue = char(0xF5);
constexpr char nullValue = char(0xF6);
constexpr char undefinedValue = char(0xF7);
constexpr char dateTimeTag = char(0xC0);
constexpr char doubleValue = char(0xFB);

// Pairs are compared one by one up to here; larger objects are sorted.
constexpr std::size_t smallObject = 8;

} // namespace

CborSink::CborSink(const QList<QByteArray> &attachments, qsizetype sizeHint)
    : m_attachments(&attachments)
    , m_attachmentCount(attachments.size())
{
    m_out.reserve(sizeHint + 16);
}

CborSink::CborSink(qsizetype attachmentCount, qsizetype sizeHint)
    : m_attachmentCount(attachmentCount)
{
    m_out.reserve(sizeHint + 16);
}

void CborSink::beginArray(const char *)
{
    m_out += openArray;
}

void CborSink::endArray(const char *)
{
    m_out += closeAny;
}

void CborSink::beginObject(const char *)
{
    m_objects.push_back({m_out.size(), m_entries.size()});
    m_out += openMap;
}

void CborSink::endObject(const char *)
{
    const Object object = m_objects.back();
    m_objects.pop_back();
    dropRepeatedKeys(object.firstEntry);
    if (m_attachmentCount == 0 || !resolvePlaceholder(object))
        m_out += closeAny;
    m_entries.resize(object.firstEntry);
}

void CborSink::key(const StringToken &token)
{
    const qsizetype start = m_out.size();
    text(token);
    m_entries.push_back({start, m_out.size()});
}

void CborSink::string(const StringToken &token)
{
    text(token);
}

void CborSink::number(const char *begin, const char *end, bool whole)
{
    if (const auto number = whole ? readInteger({begin, end}) : std::nullopt)
        integer(*number);
    else
        real(readDouble({begin, end}));
}

void CborSink::literal(const char *begin, const char *)
{
    m_out += *begin == 't' ? trueValue : *begin == 'f' ? falseValue : nullValue;
}

void CborSink::integer(qint64 number)
{
    if (number >= 0)
        head(unsignedInteger, quint64(number));
    else
        head(negativeInteger, quint64(-(number + 1)));
}

void CborSink::real(double number)
{
    const auto bits = qToBigEndian(std::bit_cast<quint64>(number));
    m_out += doubleValue;
    m_out.append(reinterpret_cast<const char *>(&bits), sizeof bits);
}

void CborSink::boolean(bool value)
{
    m_out += value ? trueValue : falseValue;
}

void CborSink::null()
{
    m_out += nullValue;
}

void CborSink::undefined()
{
    m_out += undefinedValue;
}

void CborSink::bytes(QByteArrayView data)
{
    head(byteString, quint64(data.size()));
    m_out.append(data);
}

void CborSink::dateTime(qint64 msSinceEpoch)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(msSinceEpoch, Qt::UTC);
    if (!time.isValid() || time.date().year() < 1 || time.date().year() > 9999) {
        integer(msSinceEpoch);
        return;
    }
    const QByteArray text = time.toString(Qt::ISODateWithMs).toLatin1();
    m_out += dateTimeTag;
    head(textString, quint64(text.size()));
    m_out.append(text);
}

void CborSink::head(uchar major, quint64 number)
{
    if (number < 24) {
        m_out += char(major | number);
        return;
    }
    const int lengthCode = number <= 0xFF ? 0 : number <= 0xFFFF ? 1 : number <= 0xFFFFFFFF ? 2 : 3;
    m_out += char(major | (24 + lengthCode));
    for (int shift = 8 * ((1 << lengthCode) - 1); shift >= 0; shift -= 8)
        m_out += char(number >> shift);
}

void CborSink::text(const StringToken &token)
{
    QByteArrayView bytes(token.begin, token.end);
    if (token.escaped) {
        m_scratch.resize(0);
        unescape(bytes, m_scratch);
        bytes = m_scratch;
    }
    // QCborValue::toString() drops a leading U+FEFF; a second one keeps the first.
    const bool marked = bytes.startsWith(byteOrderMark);
    head(textString, quint64(bytes.size() + (marked ? byteOrderMark.size() : 0)));
    if (marked)
        m_out.append(byteOrderMark);
    m_out.append(bytes);
}

QByteArrayView CborSink::keyAt(std::size_t entry) const
{
    const Entry &at = m_entries[entry];
    return QByteArrayView(m_out).sliced(at.key, at.value - at.key);
}

QByteArrayView CborSink::valueAt(std::size_t entry) const
{
    const qsizetype end = entry + 1 < m_entries.size() ? m_entries[entry + 1].key : m_out.size();
    return QByteArrayView(m_out).sliced(m_entries[entry].value, end - m_entries[entry].value);
}

// The last value of a repeated key wins, in the place of the first, as in JavaScript.
void CborSink::dropRepeatedKeys(std::size_t first)
{
    const std::size_t count = m_entries.size() - first;
    if (count < 2)
        return;
    std::vector<std::size_t>
        lastOf; // for each entry: which one's value it takes; left out if it is a repetition
    constexpr auto repetition = std::size_t(-1);
    const auto repeat = [&](std::size_t earlier, std::size_t later) {
        if (lastOf.empty()) {
            lastOf.resize(count);
            std::iota(lastOf.begin(), lastOf.end(), std::size_t(0));
        }
        lastOf[earlier] = later;
        lastOf[later] = repetition;
    };
    if (count <= smallObject) {
        for (std::size_t later = 1; later < count; ++later) {
            for (std::size_t earlier = 0; earlier < later; ++earlier) {
                if (keyAt(first + earlier) == keyAt(first + later)) {
                    repeat(earlier, later);
                    break;
                }
            }
        }
    } else {
        std::vector<std::size_t> order(count);
        std::iota(order.begin(), order.end(), std::size_t(0));
        std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
            return keyAt(first + left).compare(keyAt(first + right)) < 0;
        });
        for (std::size_t i = 1, group = 0; i < count; ++i) {
            if (keyAt(first + order[i]) == keyAt(first + order[group]))
                repeat(order[group], order[i]);
            else
                group = i;
        }
    }
    if (!lastOf.empty())
        keepLast(first, lastOf);
}

void CborSink::keepLast(std::size_t first, const std::vector<std::size_t> &lastOf)
{
    const qsizetype start = m_entries[first].key;
    QByteArray kept;
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < lastOf.size(); ++i) {
        if (lastOf[i] == std::size_t(-1))
            continue;
        const qsizetype key = start + kept.size();
        kept += keyAt(first + i);
        entries.push_back({key, start + kept.size()});
        kept += valueAt(first + lastOf[i]);
    }
    m_out.truncate(start);
    m_out += kept;
    m_entries.resize(first);
    m_entries.insert(m_entries.end(), entries.begin(), entries.end());
}

bool CborSink::resolvePlaceholder(const Object &object)
{
    bool placeholder = false;
    quint64 number = quint64(m_attachmentCount);
    for (std::size_t i = object.firstEntry; i < m_entries.size(); ++i) {
        const QByteArrayView key = keyAt(i).sliced(1); // both names are short: a head of one byte
        const QByteArrayView value = valueAt(i);
        if (key == "_placeholder") {
            placeholder = value.size() == 1 && value.front() == trueValue;
        } else if (key == "num") {
            const auto lead = uchar(value.front());
            if (lead < 24)
                number = lead;
            else if (lead == 24 || lead == 25) // more than 65535 attachments are beyond any limit
                number = lead == 24 ? uchar(value[1]) : qFromBigEndian<quint16>(value.data() + 1);
        }
    }
    if (!placeholder)
        return false;
    m_seen.resize(std::size_t(m_attachmentCount));
    const bool valid = number < quint64(m_attachmentCount) && !m_seen[std::size_t(number)];
    if (valid)
        m_seen[std::size_t(number)] = true;
    m_use.valid = m_use.valid && valid;
    m_use.sequential = m_use.sequential && valid && number == quint64(m_use.count);
    ++m_use.count;
    m_out.truncate(object.start);
    if (!valid || !m_attachments) {
        m_out += nullValue;
        return true;
    }
    const QByteArray &bytes = m_attachments->at(qsizetype(number));
    head(byteString, quint64(bytes.size()));
    m_out += bytes;
    return true;
}

QCborValue CborSink::value() &&
{
    return QCborValue::fromCbor(m_out);
}

} // namespace SocketIo::Json
