// SPDX-License-Identifier: MIT
#include "libclient/protocol/convert.h"

#include "libclient/protocol/typedvalue.h"

#include <QtCore/QMetaProperty>
#include <QtCore/QSequentialIterable>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace SocketIo::Detail
{

namespace
{

/// How one C++ type is read and written when only its QMetaType is known.
struct TypeEntry {
    QMetaType type;
    std::optional<QVariant> (*read)(const QCborValue &value);
    QCborValue (*write)(const void *data);
};

template <typename T>
constexpr TypeEntry entry()
{
    return {QMetaType::fromType<T>(),
            [](const QCborValue &value) -> std::optional<QVariant> {
                auto result = fromValue<T>(value);
                return result ? std::optional(QVariant::fromValue(*std::move(result))) : std::nullopt;
            },
            [](const void *data) { return toValue(*static_cast<const T *>(data)); }};
}

const TypeEntry *findType(QMetaType type)
{
    static const std::array entries{entry<QString>(),
                                    entry<bool>(),
                                    entry<int>(),
                                    entry<qint64>(),
                                    entry<double>(),
                                    entry<QDateTime>(),
                                    entry<QByteArray>(),
                                    entry<uint>(),
                                    entry<quint64>(),
                                    entry<long>(),
                                    entry<ulong>(),
                                    entry<short>(),
                                    entry<ushort>(),
                                    entry<signed char>(),
                                    entry<uchar>(),
                                    entry<float>(),
                                    entry<QCborValue>(),
                                    entry<QCborMap>(),
                                    entry<QCborArray>(),
                                    entry<QVariant>(),
                                    entry<QJsonValue>(),
                                    entry<QJsonObject>(),
                                    entry<QJsonArray>(),
                                    entry<QStringList>(),
                                    entry<QByteArrayList>(),
                                    entry<QVariantList>(),
                                    entry<QVariantMap>(),
                                    entry<QList<int>>(),
                                    entry<QList<qint64>>(),
                                    entry<QList<double>>(),
                                    entry<std::optional<bool>>(),
                                    entry<std::optional<int>>(),
                                    entry<std::optional<qint64>>(),
                                    entry<std::optional<double>>(),
                                    entry<std::optional<QString>>(),
                                    entry<std::optional<QByteArray>>(),
                                    entry<std::optional<QDateTime>>()};
    const auto found = std::ranges::find(entries, type, &TypeEntry::type);
    return found == entries.end() ? nullptr : &*found;
}

std::optional<QVariant> readSequence(const QCborValue &value, QMetaType type)
{
    QVariant list(type);
    if (!value.isArray() || !list.canView<QSequentialIterable>())
        return std::nullopt;
    auto view = list.view<QSequentialIterable>();
    const QMetaType itemType = view.metaContainer().valueMetaType();
    const QCborArray array = value.toArray();
    for (qsizetype i = 0; i < array.size(); ++i) {
        const auto item = readTyped(array.at(i), itemType);
        if (!item)
            return std::nullopt;
        view.addValue(*item);
    }
    return list;
}

std::optional<QVariant> readEnum(const QCborValue &value, QMetaType type)
{
    const auto number = fromValue<int>(value);
    if (!number)
        return std::nullopt;
    QVariant result(*number);
    return result.convert(type) ? std::optional(result) : std::nullopt;
}

QString misfitOfType(const QCborValue &value, QMetaType type)
{
    if (isGadget(type) && value.isMap())
        return misfitOfGadget(value, *type.metaObject());
    QVariant list(type);
    if (value.isArray() && list.canView<QSequentialIterable>()) {
        const QMetaType itemType = list.view<QSequentialIterable>().metaContainer().valueMetaType();
        const QCborArray array = value.toArray();
        for (qsizetype i = 0; i < array.size(); ++i) {
            if (!readTyped(array.at(i), itemType))
                return placeIn(u"[%1]"_s.arg(i), misfitOfType(array.at(i), itemType));
        }
    }
    return u"got %1"_s.arg(kindOf(value));
}

} // namespace

bool isGadget(QMetaType type)
{
    return (type.flags() & QMetaType::IsGadget) && type.metaObject();
}

std::optional<QVariant> readTyped(const QCborValue &value, QMetaType type)
{
    if (const TypeEntry *known = findType(type))
        return known->read(value);
    if (type.flags() & QMetaType::IsEnumeration)
        return readEnum(value, type);
    if (isGadget(type)) {
        QVariant gadget(type);
        return readGadget(value, *type.metaObject(), gadget.data()) ? std::optional(gadget) : std::nullopt;
    }
    return readSequence(value, type);
}

std::optional<qint64> toInteger(const QCborValue &value, qint64 min, qint64 max)
{
    qint64 number = 0;
    if (value.isInteger()) {
        number = value.toInteger();
    } else if (value.isDouble()) { // JavaScript has one kind of number: 1.0 is 1
        const double real = value.toDouble();
        constexpr double limit = 9223372036854775808.0; // 2^63
        if (!(real >= -limit && real < limit) || real != std::floor(real))
            return std::nullopt;
        number = qint64(real);
    } else {
        return std::nullopt;
    }
    if (number < min || number > max)
        return std::nullopt;
    return number;
}

std::optional<double> toDouble(const QCborValue &value)
{
    return when(value.isInteger() || value.isDouble(), value.toDouble());
}

std::optional<QDateTime> toDateTime(const QCborValue &value)
{
    const QDateTime result = value.type() == QCborValue::DateTime ? value.toDateTime()
                             : value.isString() ? QDateTime::fromString(value.toString(), Qt::ISODateWithMs)
                                                : QDateTime();
    return when(result.isValid(), result);
}

QCborValue fromDateTime(const QDateTime &dateTime)
{
    return dateTime.isValid() ? QCborValue(dateTime) : QCborValue(nullptr);
}

QCborValue fromVariant(const QVariant &variant)
{
    const QMetaType type = variant.metaType();
    if (!variant.isValid() || type == QMetaType::fromType<std::nullptr_t>())
        return QCborValue(nullptr);
    if (const TypeEntry *known = findType(type))
        return known->write(variant.constData());
    if (type.flags() & QMetaType::IsEnumeration)
        return QCborValue(variant.toLongLong());
    if (isGadget(type))
        return writeGadget(*type.metaObject(), variant.constData());
    if (type != QMetaType::fromType<QString>() && variant.canView<QSequentialIterable>()) {
        QCborArray array;
        for (const QVariant &item : variant.value<QSequentialIterable>())
            array.append(fromVariant(item));
        return array;
    }
    return QCborValue::fromVariant(variant);
}

bool readGadget(const QCborValue &value, const QMetaObject &type, void *gadget)
{
    if (!value.isMap())
        return false;
    const QCborMap map = value.toMap();
    for (int i = 0; i < type.propertyCount(); ++i) {
        const QMetaProperty property = type.property(i);
        if (!property.isStored() || !property.isWritable())
            continue;
        const QCborValue member = map.value(QLatin1StringView(property.name()));
        if (member.isUndefined())
            continue;
        const auto typed = readTyped(member, property.metaType());
        if (!typed || !property.writeOnGadget(gadget, *typed))
            return false;
    }
    return true;
}

QCborValue writeGadget(const QMetaObject &type, const void *gadget)
{
    QCborMap map;
    for (int i = 0; i < type.propertyCount(); ++i) {
        const QMetaProperty property = type.property(i);
        if (!property.isStored() || !property.isReadable())
            continue;
        const QCborValue member = fromVariant(property.readOnGadget(gadget));
        if (!member.isUndefined())
            map.insert(QLatin1StringView(property.name()), member);
    }
    return map;
}

QString placeIn(const QString &outer, const QString &inner)
{
    if (inner.startsWith(u"got "))
        return outer + u": "_s + inner;
    return inner.startsWith(u'[') ? outer + inner : outer + u'.' + inner;
}

QString misfitOfGadget(const QCborValue &value, const QMetaObject &type)
{
    const QCborMap map = value.toMap();
    for (int i = 0; i < type.propertyCount(); ++i) {
        const QMetaProperty property = type.property(i);
        if (!property.isStored() || !property.isWritable())
            continue;
        const QCborValue member = map.value(QLatin1StringView(property.name()));
        if (!member.isUndefined() && !readTyped(member, property.metaType()))
            return placeIn(QString::fromLatin1(property.name()), misfitOfType(member, property.metaType()));
    }
    return u"got %1"_s.arg(kindOf(value));
}

QString kindOf(const QCborValue &value)
{
    if (value.isUndefined())
        return u"nothing"_s;
    if (value.isNull())
        return u"null"_s;
    if (value.isBool())
        return u"true or false"_s;
    if (value.isInteger() || value.isDouble())
        return u"the number %1"_s.arg(value.toDouble(), 0, 'g', 17);
    if (value.isString())
        return u"text"_s;
    if (value.isByteArray())
        return u"binary data"_s;
    if (value.isArray())
        return u"a list"_s;
    return value.isMap() ? u"an object"_s : u"a value"_s;
}

} // namespace SocketIo::Detail
