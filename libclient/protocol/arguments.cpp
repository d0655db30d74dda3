// SPDX-License-Identifier: MIT
#include "libclient/protocol/arguments.h"

#include "libclient/protocol/jsonplaceholder.h"

#include <QtCore/QSharedData>

#include <algorithm>

namespace SocketIo
{

/// Either values, or bytes from the wire with the places of the values in them. Never changed once made.
class ArgumentsData : public QSharedData
{
public:
    QCborArray values;
    QByteArray json;
    Json::Slices slices; ///< empty if the arguments are the values
    qsizetype first = 0; ///< the slice of the first argument; what is before is none
    QList<QByteArray> attachments;

    bool isWire() const { return !slices.isEmpty(); }
    qsizetype count() const { return slices.size() - first; }
    QByteArrayView slice(const Json::Slice &slice) const
    {
        return QByteArrayView(json).sliced(slice.offset, slice.length);
    }
    /// From the first argument to the last, with the commas between them.
    QByteArrayView wire() const
    {
        if (count() == 0)
            return {};
        const qsizetype start = slices[first].offset;
        return slice({start, slices.back().offset + slices.back().length - start});
    }
    /// How the arguments use the attachments; the list of arguments is looked at one by one.
    Json::PlaceholderUse placeholders() const
    {
        QByteArray array;
        array.reserve(wire().size() + 2);
        array += '[';
        array += wire();
        array += ']';
        return Json::checkPlaceholders(array, attachments.size());
    }
};

Arguments::Arguments() = default;
Arguments::Arguments(const Arguments &) = default;
Arguments::Arguments(Arguments &&) noexcept = default;
Arguments &Arguments::operator=(const Arguments &) = default;
Arguments &Arguments::operator=(Arguments &&) noexcept = default;
Arguments::~Arguments() = default;

Arguments::Arguments(QCborArray values)
{
    if (values.isEmpty())
        return;
    d = new ArgumentsData;
    d->values.swap(values);
}

Arguments::Arguments(std::initializer_list<QCborValue> values)
    : Arguments(QCborArray(values))
{
}

Arguments Arguments::fromWire(QByteArray json, Json::Slices slices, QList<QByteArray> attachments)
{
    Arguments result;
    if (slices.isEmpty())
        return result;
    result.d = new ArgumentsData;
    result.d->json = std::move(json);
    result.d->slices = std::move(slices);
    result.d->attachments = std::move(attachments);
    return result;
}

Hubbub::Result<void> Arguments::read(const QByteArray &text, qsizetype start, Arguments &out)
{
    auto *data = new ArgumentsData;
    out.d = data;
    if (auto valid = Json::validateArray(QByteArrayView(text).sliced(start), data->slices); !valid)
        return valid;
    for (Json::Slice &slice : data->slices)
        slice.offset += start;
    data->json = text;
    return {};
}

QByteArrayView Arguments::takeFirstJson()
{
    if (isEmpty())
        return {};
    return d->slice(d->slices[d->first++]);
}

void Arguments::setAttachments(QList<QByteArray> attachments)
{
    d->attachments = std::move(attachments);
}

qsizetype Arguments::size() const
{
    if (!d)
        return 0;
    return d->isWire() ? d->count() : d->values.size();
}

QCborValue Arguments::at(qsizetype index) const
{
    if (index < 0 || index >= size())
        return QCborValue(QCborValue::Undefined);
    if (!d->isWire())
        return d->values.at(index);
    return Json::parse(d->slice(d->slices[d->first + index]), d->attachments)
        .value_or(QCborValue(QCborValue::Undefined));
}

std::optional<Json::View> Arguments::view(qsizetype index) const
{
    if (index < 0 || index >= size() || !d->isWire() || !d->attachments.isEmpty())
        return std::nullopt;
    return Json::View(d->slice(d->slices[d->first + index]));
}

QCborArray Arguments::toArray() const
{
    if (!d || !d->isWire())
        return d ? d->values : QCborArray();
    QCborArray result;
    for (qsizetype i = 0; i < size(); ++i)
        result.append(at(i));
    return result;
}

QList<QByteArray> Arguments::writeJson(QByteArray &out) const
{
    if (!d)
        return {};
    if (d->isWire()) {
        if (d->attachments.isEmpty()) {
            out += d->wire();
            return {};
        }
        const Json::PlaceholderUse use = d->placeholders();
        if (use.sequential && use.count == d->attachments.size()) {
            out += d->wire();
            return d->attachments;
        }
    }
    QList<QByteArray> attachments;
    const QCborArray values = toArray();
    for (qsizetype i = 0; i < values.size(); ++i) {
        if (i > 0)
            out += ',';
        Json::write(values.at(i), out, &attachments);
    }
    return attachments;
}

qsizetype Arguments::sizeHint() const
{
    constexpr qsizetype guess = 64; // of a value that was never text
    return !d ? 0 : d->isWire() ? d->wire().size() : d->values.size() * guess;
}

bool Arguments::hasBinary() const
{
    if (!d)
        return false;
    if (d->isWire())
        return !d->attachments.isEmpty() && d->placeholders().count > 0;
    return Json::hasBinary(d->values);
}

} // namespace SocketIo
