// SPDX-License-Identifier: MIT
#include "libclient/protocol/jsonview.h"

#include "libclient/protocol/json.h"
#include "libclient/protocol/jsontext.h"
#include "libclient/protocol/jsonwalk.h"

namespace SocketIo::Json
{

bool View::hasEscapes() const
{
    return m_escapes == Escapes::Some
           || (m_escapes == Escapes::Unknown
               && std::memchr(m_json.data(), '\\', std::size_t(m_json.size())) != nullptr);
}

QString View::text() const
{
    const QByteArrayView raw = m_json.sliced(1).chopped(1);
    if (!hasEscapes())
        return readText(raw);
    QByteArray decoded;
    unescape(raw, decoded);
    return readText(decoded);
}

bool View::isTextOf(QByteArrayView ascii) const
{
    const QByteArrayView raw = m_json.sliced(1).chopped(1);
    if (raw.size() == ascii.size())
        return std::memcmp(raw.data(), ascii.data(), std::size_t(raw.size())) == 0;
    if (raw.size() < ascii.size() || !hasEscapes())
        return false; // escapes make it longer, never shorter
    QByteArray decoded;
    unescape(raw, decoded);
    return decoded == ascii;
}

QCborValue View::value() const
{
    return parse(m_json).value_or(QCborValue(QCborValue::Undefined));
}

bool ViewReader::next(View &item)
{
    if (!toNext(m_at))
        return false;
    item = takeValue(m_at, m_end);
    return true;
}

bool ViewReader::next(View &key, View &value)
{
    if (!toNext(m_at))
        return false;
    key = takeText(m_at, m_end);
    m_at = skipColon(m_at);
    value = takeValue(m_at, m_end);
    return true;
}

} // namespace SocketIo::Json
