// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/event.h"
#include "libclient/protocol/readargument.h"

#include <tuple>
#include <type_traits>

namespace SocketIo
{

namespace Detail
{

template <typename F>
struct CallableTraits : CallableTraits<decltype(&F::operator())> {
};
template <typename R, typename... A>
struct CallableTraits<R (*)(A...)> {
    using Arguments = std::tuple<std::decay_t<A>...>;
};
template <typename C, typename R, typename... A>
struct CallableTraits<R (C::*)(A...) const> : CallableTraits<R (*)(A...)> {
};
template <typename C, typename R, typename... A>
struct CallableTraits<R (C::*)(A...)> : CallableTraits<R (*)(A...)> {
};

/// Parameters that take no argument of the event.
template <typename T>
inline constexpr bool isContext =
    std::is_same_v<T, Ack> || std::is_same_v<T, Event> || std::is_same_v<T, Arguments>;

/// Which argument the parameter gets: an Ack before it does not count.
template <typename Tuple, std::size_t Parameter>
constexpr qsizetype argumentIndex()
{
    return []<std::size_t... I>(std::index_sequence<I...>)
    {
        return (qsizetype(0) + ... + qsizetype(!isContext<std::tuple_element_t<I, Tuple>>));
    }
    (std::make_index_sequence<Parameter>());
}

template <typename T>
bool takeArgument(const Event &event, qsizetype index, T &out)
{
    if constexpr (std::is_same_v<T, Ack>)
        out = event.ack;
    else if constexpr (std::is_same_v<T, Event>)
        out = event;
    else if constexpr (std::is_same_v<T, Arguments>)
        out = event.arguments;
    else
        return readArgument(event.arguments, index, out);
    return true;
}

template <typename T>
Hubbub::Error mismatch(const Event &event, qsizetype index)
{
    if constexpr (isContext<T>)
        return {};
    else
        return {QStringLiteral("argument-mismatch"),
                QStringLiteral("Event \"%1\": argument %2 is not %3.")
                    .arg(event.name)
                    .arg(index + 1)
                    .arg(typeName<T>()),
                misfit<T>(event.arguments.at(index))};
}

} // namespace Detail

/// Makes an EventHandler of any callable with typed parameters: numbers, bool, QString, QByteArray,
/// QDateTime, QCborValue, QCborMap, QCborArray, QVariant, QList<T>, std::optional<T> and Q_GADGET types, in
/// the order of the event's arguments; an Ack anywhere (by custom last), or the whole Event or Arguments. A
/// parameter that does not fit ends the call before the handler runs. Arguments beyond the parameters are
/// ignored.
template <typename F>
EventHandler makeHandler(F &&handler)
{
    using Tuple = typename Detail::CallableTraits<std::decay_t<F>>::Arguments;
    return [handler = std::forward<F>(handler)](const Event &event) mutable -> Hubbub::Result<void> {
        return [&]<std::size_t... I>(std::index_sequence<I...>)->Hubbub::Result<void>
        {
            Tuple values{}; // filled where they are, for an argument may be large
            Hubbub::Error error;
            [[maybe_unused]] const auto take = [&]<typename T>(T &value, qsizetype index) {
                const bool fits = Detail::takeArgument(event, index, value);
                if (!fits)
                    error = Detail::mismatch<T>(event, index);
                return fits;
            };
            if (!(take(std::get<I>(values), Detail::argumentIndex<Tuple, I>()) && ...))
                return tl::unexpected<Hubbub::Error>(std::move(error));
            std::invoke(handler, std::move(std::get<I>(values))...);
            return {};
        }
        (std::make_index_sequence<std::tuple_size_v<Tuple>>());
    };
}

} // namespace SocketIo
