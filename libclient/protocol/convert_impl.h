// SPDX-License-Identifier: MIT
#pragma once

// The templates of convert.h; include that one.

#include "libclient/protocol/convert.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QMap>

#include <limits>
#include <type_traits>

namespace SocketIo
{

namespace Detail
{

template <typename T>
inline constexpr bool isOptional = false;
template <typename T>
inline constexpr bool isOptional<std::optional<T>> = true;

template <typename T>
inline constexpr bool isList = false;
template <typename T>
inline constexpr bool isList<QList<T>> = true;

template <typename T>
inline constexpr bool isStringMap = false;
template <typename T>
inline constexpr bool isStringMap<QMap<QString, T>> = true;

template <typename T>
inline constexpr bool isUnsupported = false;

template <typename T>
concept Whole =
    std::is_integral_v<T> && !std::is_same_v<
        T, bool> && !std::is_same_v<T, char> && !std::is_same_v<T, char16_t> && !std::is_same_v<T, wchar_t>;

/// What QCborValue holds as it is, or converts without loss.
std::optional<QDateTime> toDateTime(const QCborValue &value);
QCborValue fromDateTime(const QDateTime &dateTime);
QCborValue fromVariant(const QVariant &variant);

/// "author" and "age: got text" are "author.age: got text".
QString placeIn(const QString &outer, const QString &inner);

template <Whole T>
constexpr qint64 largest()
{
    using Limits = std::numeric_limits<T>;
    if constexpr (std::is_unsigned_v<T> && sizeof(T) == sizeof(qint64))
        return std::numeric_limits<qint64>::max();
    else
        return qint64(Limits::max());
}

template <typename T>
std::optional<QList<T>> toList(const QCborValue &value)
{
    if (!value.isArray())
        return std::nullopt;
    QList<T> result;
    const QCborArray array = value.toArray();
    result.reserve(array.size());
    for (qsizetype i = 0; i < array.size(); ++i) {
        auto item = fromValue<T>(array.at(i));
        if (!item)
            return std::nullopt;
        result.append(*std::move(item));
    }
    return result;
}

template <typename T>
std::optional<QMap<QString, T>> toStringMap(const QCborValue &value)
{
    if (!value.isMap())
        return std::nullopt;
    QMap<QString, T> result;
    const QCborMap map = value.toMap();
    for (auto it = map.constBegin(); it != map.constEnd(); ++it) {
        auto item = fromValue<T>(it.value());
        if (!item || !it.key().isString())
            return std::nullopt;
        result.insert(it.key().toString(), *std::move(item));
    }
    return result;
}

template <typename T>
std::optional<T> when(bool fits, T value)
{
    return fits ? std::optional<T>(std::move(value)) : std::nullopt;
}

} // namespace Detail

template <typename T>
std::optional<T> fromValue(const QCborValue &value)
{
    using namespace Detail;
    if constexpr (std::is_same_v<T, QCborValue>) {
        return value;
    } else if constexpr (isOptional<T>) {
        if (value.isUndefined() || value.isNull())
            return std::optional<T>(std::in_place);
        if (auto inner = fromValue<typename T::value_type>(value))
            return std::optional<T>(std::in_place, *std::move(inner));
        return std::nullopt;
    } else if constexpr (std::is_same_v<T, bool>) {
        return when(value.isBool(), value.toBool());
    } else if constexpr (std::is_enum_v<T>) {
        const auto number = fromValue<std::underlying_type_t<T>>(value);
        return when(number.has_value(), T(number.value_or(0)));
    } else if constexpr (Whole<T>) {
        const auto number = toInteger(value, qint64(std::numeric_limits<T>::min()), largest<T>());
        return when(number.has_value(), T(number.value_or(0)));
    } else if constexpr (std::is_floating_point_v<T>) {
        const auto number = toDouble(value);
        if (!number || (std::abs(*number) > double(std::numeric_limits<T>::max()) && std::isfinite(*number)))
            return std::nullopt;
        return T(*number);
    } else if constexpr (std::is_same_v<T, QString>) {
        return when(value.isString(), value.toString());
    } else if constexpr (std::is_same_v<T, QByteArray>) {
        return when(value.isByteArray(), value.toByteArray());
    } else if constexpr (std::is_same_v<T, QDateTime>) {
        return toDateTime(value);
    } else if constexpr (std::is_same_v<T, QCborMap>) {
        return when(value.isMap(), value.toMap());
    } else if constexpr (std::is_same_v<T, QCborArray>) {
        return when(value.isArray(), value.toArray());
    } else if constexpr (std::is_same_v<T, QVariant>) {
        return value.toVariant();
    } else if constexpr (std::is_same_v<T, QJsonValue>) {
        return value.toJsonValue();
    } else if constexpr (std::is_same_v<T, QJsonObject>) {
        return when(value.isMap(), value.toMap().toJsonObject());
    } else if constexpr (std::is_same_v<T, QJsonArray>) {
        return when(value.isArray(), value.toArray().toJsonArray());
    } else if constexpr (isList<T>) {
        return toList<typename T::value_type>(value);
    } else if constexpr (isStringMap<T>) {
        return toStringMap<typename T::mapped_type>(value);
    } else if constexpr (Gadget<T>) {
        T gadget;
        if (!readGadget(value, T::staticMetaObject, &gadget))
            return std::nullopt;
        return gadget;
    } else {
        static_assert(isUnsupported<T>, "This type has no counterpart on the wire; make it a Q_GADGET.");
    }
}

template <typename T>
QCborValue toValue(const T &value)
{
    using namespace Detail;
    if constexpr (
        std::is_same_v<
            T,
            QCborValue> || std::is_same_v<T, QCborMap> || std::is_same_v<T, QCborArray> || std::is_same_v<T, bool> || std::is_same_v<T, QString> || std::is_same_v<T, QByteArray> || std::is_same_v<T, std::nullptr_t>) {
        return QCborValue(value);
    } else if constexpr (isOptional<T>) {
        return value ? toValue(*value) : QCborValue(QCborValue::Undefined);
    } else if constexpr (std::is_enum_v<T>) {
        return toValue(static_cast<std::underlying_type_t<T>>(value));
    } else if constexpr (Whole<T>) {
        if constexpr (std::is_unsigned_v<T> && sizeof(T) == sizeof(qint64)) {
            if (value > quint64(std::numeric_limits<qint64>::max()))
                return QCborValue(double(value));
        }
        return QCborValue(qint64(value));
    } else if constexpr (std::is_floating_point_v<T>) {
        return QCborValue(double(value));
    } else if constexpr (std::is_same_v<T, QLatin1StringView>) {
        return QCborValue(value);
    } else if constexpr (std::is_convertible_v<const T &, QStringView>) {
        return QCborValue(QStringView(value).toString());
    } else if constexpr (std::is_convertible_v<const T &, const char *>) {
        return QCborValue(QString::fromUtf8(static_cast<const char *>(value)));
    } else if constexpr (std::is_same_v<T, QDateTime>) {
        return fromDateTime(value);
    } else if constexpr (std::is_same_v<T, QVariant>) {
        return fromVariant(value);
    } else if constexpr (std::is_same_v<T, QJsonValue>) {
        return QCborValue::fromJsonValue(value);
    } else if constexpr (std::is_same_v<T, QJsonObject>) {
        return QCborMap::fromJsonObject(value);
    } else if constexpr (std::is_same_v<T, QJsonArray>) {
        return QCborArray::fromJsonArray(value);
    } else if constexpr (isList<T>) {
        QCborArray array;
        for (const auto &item : value)
            array.append(toValue(item));
        return array;
    } else if constexpr (isStringMap<T>) {
        QCborMap map;
        for (auto it = value.constBegin(); it != value.constEnd(); ++it)
            map.insert(it.key(), toValue(it.value()));
        return map;
    } else if constexpr (Gadget<T>) {
        return writeGadget(T::staticMetaObject, &value);
    } else {
        static_assert(isUnsupported<T>, "This type has no counterpart on the wire; make it a Q_GADGET.");
    }
}

template <typename T>
QString typeName()
{
    using namespace Detail;
    if constexpr (isOptional<T>)
        return typeName<typename T::value_type>();
    else if constexpr (std::is_same_v<T, bool>)
        return QStringLiteral("true or false");
    else if constexpr (Whole<T> || std::is_enum_v<T>)
        return QStringLiteral("a whole number in range");
    else if constexpr (std::is_floating_point_v<T>)
        return QStringLiteral("a number");
    else if constexpr (std::is_same_v<T, QString>)
        return QStringLiteral("text");
    else if constexpr (std::is_same_v<T, QByteArray>)
        return QStringLiteral("binary data");
    else if constexpr (std::is_same_v<T, QDateTime>)
        return QStringLiteral("a date");
    else if constexpr (std::is_same_v<T, QCborArray> || std::is_same_v<T, QJsonArray>)
        return QStringLiteral("a list");
    else if constexpr (isList<T>)
        return QStringLiteral("a list, each %1").arg(typeName<typename T::value_type>());
    else if constexpr (std::is_same_v<T, QCborMap> || std::is_same_v<T, QJsonObject> || isStringMap<T>)
        return QStringLiteral("an object");
    else if constexpr (Gadget<T>)
        return QString::fromLatin1(T::staticMetaObject.className());
    else
        return QStringLiteral("a value");
}

template <typename T>
QString misfit(const QCborValue &value)
{
    using namespace Detail;
    if constexpr (isOptional<T>) {
        return misfit<typename T::value_type>(value);
    } else if constexpr (Gadget<T>) {
        if (value.isMap())
            return misfitOfGadget(value, T::staticMetaObject);
    } else if constexpr (isList<T>) {
        const QCborArray array = value.toArray();
        for (qsizetype i = 0; i < array.size(); ++i) {
            if (!fromValue<typename T::value_type>(array.at(i)))
                return placeIn(QStringLiteral("[%1]").arg(i), misfit<typename T::value_type>(array.at(i)));
        }
    }
    return QStringLiteral("got %1").arg(kindOf(value));
}

} // namespace SocketIo
