// SPDX-License-Identifier: MIT
#include "libclient/protocol/typedarguments.h"

#include "libclient/protocol/json.h"
#include "libclient/protocol/jsontext.h"

#include <algorithm>

namespace SocketIo
{

namespace
{

/// Writes one argument; as Json::write() does its value.
struct Writer {
    Json::Output &out;
    QList<QByteArray> &attachments;

    void operator()(bool value) const { out += value ? "true" : "false"; }
    void operator()(qint64 value) const { Json::writeInteger(value, out); }
    void operator()(double value) const { Json::writeDouble(value, out); }
    void operator()(const QString &value) const { Json::writeText(value, out); }
    void operator()(const QCborValue &value) const { Json::writeValue(value, out, &attachments); }
};

qsizetype hintOf(const ArgumentValue &value)
{
    constexpr qsizetype quotes = 2;
    constexpr qsizetype number = 21; // digits of 64 bits, sign and comma
    constexpr qsizetype guess = 64; // of an object
    if (const auto *text = std::get_if<QString>(&value))
        return text->size() + quotes + 1;
    return std::holds_alternative<QCborValue>(value) ? guess : number;
}

} // namespace

TypedArguments::TypedArguments(std::span<ArgumentValue> values)
{
    m_values.reserve(qsizetype(values.size()));
    for (ArgumentValue &value : values)
        m_values.push_back(std::move(value));
}

QCborValue TypedArguments::at(qsizetype index) const
{
    return std::visit([](const auto &value) { return QCborValue(value); }, m_values[index]);
}

QList<QByteArray> TypedArguments::writeJson(Json::Output &out) const
{
    QList<QByteArray> attachments;
    const Writer writer{out, attachments};
    for (qsizetype i = 0; i < m_values.size(); ++i) {
        if (i > 0)
            out += ',';
        std::visit(writer, m_values[i]);
    }
    return attachments;
}

bool TypedArguments::hasBinary() const
{
    return std::ranges::any_of(m_values, [](const ArgumentValue &value) {
        const auto *other = std::get_if<QCborValue>(&value);
        return other && Json::hasBinary(*other);
    });
}

qsizetype TypedArguments::sizeHint() const
{
    qsizetype sum = 0;
    for (const ArgumentValue &value : m_values)
        sum += hintOf(value);
    return sum;
}

} // namespace SocketIo
