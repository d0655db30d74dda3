// SPDX-License-Identifier: MIT
#include "libclient/protocol/wirearguments.h"

#include "libclient/protocol/cborarguments.h"

namespace SocketIo
{

WireArguments::WireArguments(QByteArray json, Json::Slices slices, QList<QByteArray> attachments)
    : m_json(std::move(json))
    , m_slices(std::move(slices))
    , m_attachments(std::move(attachments))
{
}

Hubbub::Result<void> WireArguments::read(const QByteArray &text, qsizetype start)
{
    if (auto valid = Json::validateArray(QByteArrayView(text).sliced(start), m_slices); !valid)
        return valid;
    for (Json::Slice &slice : m_slices)
        slice.offset += start;
    m_json = text;
    return {};
}

QCborValue WireArguments::at(qsizetype index) const
{
    return Json::parse(slice(m_slices[m_first + index]), m_attachments)
        .value_or(QCborValue(QCborValue::Undefined));
}

std::optional<Json::View> WireArguments::view(qsizetype index) const
{
    if (!m_attachments.isEmpty())
        return std::nullopt;
    return Json::View(slice(m_slices[m_first + index]));
}

QList<QByteArray> WireArguments::writeJson(Json::Output &out) const
{
    if (m_attachments.isEmpty()) {
        out += wire();
        return {};
    }
    const Json::PlaceholderUse use = placeholders();
    if (use.sequential && use.count == m_attachments.size()) {
        out += wire();
        return m_attachments;
    }
    return writeValues(toArray(), out);
}

bool WireArguments::hasBinary() const
{
    return !m_attachments.isEmpty() && placeholders().count > 0;
}

/// From the first argument to the last, with the commas between them.
QByteArrayView WireArguments::wire() const
{
    if (size() == 0)
        return {};
    const qsizetype start = m_slices[m_first].offset;
    return slice({start, m_slices.back().offset + m_slices.back().length - start});
}

/// How the arguments use the attachments; the list of arguments is looked at one by one.
Json::PlaceholderUse WireArguments::placeholders() const
{
    QByteArray array;
    array.reserve(wire().size() + 2);
    array += '[';
    array += wire();
    array += ']';
    return Json::checkPlaceholders(array, m_attachments.size());
}

} // namespace SocketIo
