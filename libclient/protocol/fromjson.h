// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/convert.h"
#include "libclient/protocol/gadgettable.h"
#include "libclient/protocol/jsonview.h"

#include <utility>

namespace SocketIo
{

/// Reads valid JSON into a T as fromValue() would, without building values in between; false if it does not
/// fit, `out` is of no use then. Thread: any; a pure function.
template <typename T>
bool fromJson(const Json::View &json, T &out);

namespace Detail
{

template <typename T>
bool listFromJson(const Json::View &json, QList<T> &out)
{
    if (!json.isList())
        return false;
    Json::ViewReader items(json);
    for (Json::View view; items.next(view);) {
        T item{};
        if (!fromJson(view, item))
            return false;
        out.append(std::move(item));
    }
    return true;
}

template <typename T>
bool mapFromJson(const Json::View &json, QMap<QString, T> &out)
{
    if (!json.isObject())
        return false;
    QMap<QString, Json::View> given; // of a repeated key, the last
    Json::ViewReader members(json);
    for (Json::View key, view; members.next(key, view);)
        given.insert(key.text(), view);
    for (auto it = given.cbegin(); it != given.cend(); ++it) {
        T item{};
        if (!fromJson(it.value(), item))
            return false;
        out.insert(out.cend(), it.key(), std::move(item));
    }
    return true;
}

} // namespace Detail

template <typename T>
bool fromJson(const Json::View &json, T &out)
{
    using namespace Detail;
    if constexpr (std::is_same_v<T, QString>) {
        if (!json.isText())
            return false;
        out = json.text();
        return true;
    } else if constexpr (isOptional<T>) {
        return json.isNull() || fromJson(json, out.emplace());
    } else if constexpr (isList<T>) {
        return listFromJson(json, out);
    } else if constexpr (isStringMap<T>) {
        return mapFromJson(json, out);
    } else if constexpr (Gadget<T> && !std::is_same_v<T, QCborValue>) {
        static const GadgetTable table(T::staticMetaObject);
        return table.read(json, &out);
    } else {
        auto value = fromValue<T>(json.value());
        if (!value)
            return false;
        out = *std::move(value);
        return true;
    }
}

} // namespace SocketIo
