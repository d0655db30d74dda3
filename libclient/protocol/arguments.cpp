// SPDX-License-Identifier: MIT
#include "libclient/protocol/arguments.h"

#include "libclient/protocol/cborarguments.h"
#include "libclient/protocol/typedarguments.h"
#include "libclient/protocol/wirearguments.h"

namespace SocketIo
{

Arguments::Arguments() = default;
Arguments::Arguments(const Arguments &) = default;
Arguments::Arguments(Arguments &&) noexcept = default;
Arguments &Arguments::operator=(const Arguments &) = default;
Arguments &Arguments::operator=(Arguments &&) noexcept = default;
Arguments::~Arguments() = default;

Arguments::Arguments(QCborArray values)
{
    if (!values.isEmpty())
        d = new CborArguments(std::move(values));
}

Arguments::Arguments(std::initializer_list<QCborValue> values)
    : Arguments(QCborArray(values))
{
}

Arguments Arguments::ofValues(std::span<ArgumentValue> values)
{
    Arguments result;
    if (!values.empty())
        result.d = new TypedArguments(values);
    return result;
}

Arguments Arguments::fromWire(QByteArray json, Json::Slices slices, QList<QByteArray> attachments)
{
    Arguments result;
    if (!slices.isEmpty())
        result.d = new WireArguments(std::move(json), std::move(slices), std::move(attachments));
    return result;
}

Hubbub::Result<void> Arguments::read(const QByteArray &text, qsizetype start, Arguments &out)
{
    auto *wire = new WireArguments;
    out.d = wire;
    return wire->read(text, start);
}

QByteArrayView Arguments::takeFirstJson()
{
    if (isEmpty())
        return {};
    return static_cast<WireArguments *>(d.get())->takeFirstJson();
}

void Arguments::setAttachments(QList<QByteArray> attachments)
{
    static_cast<WireArguments *>(d.get())->setAttachments(std::move(attachments));
}

qsizetype Arguments::size() const
{
    return d ? d->size() : 0;
}

QCborValue Arguments::at(qsizetype index) const
{
    if (index < 0 || index >= size())
        return QCborValue(QCborValue::Undefined);
    return d->at(index);
}

std::optional<Json::View> Arguments::view(qsizetype index) const
{
    if (index < 0 || index >= size())
        return std::nullopt;
    return d->view(index);
}

QCborArray Arguments::toArray() const
{
    return d ? d->toArray() : QCborArray();
}

QList<QByteArray> Arguments::writeJson(QByteArray &out) const
{
    Json::Output output(out);
    return writeJson(output);
}

QList<QByteArray> Arguments::writeJson(Json::Output &out) const
{
    return d ? d->writeJson(out) : QList<QByteArray>();
}

qsizetype Arguments::sizeHint() const
{
    return d ? d->sizeHint() : 0;
}

bool Arguments::hasBinary() const
{
    return d && d->hasBinary();
}

} // namespace SocketIo
