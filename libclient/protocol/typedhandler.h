// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/convert.h"
#include "libclient/protocol/event.h"

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
Hubbub::Result<T> argument(const Event &event, qsizetype index)
{
    if constexpr (std::is_same_v<T, Ack>) {
        return event.ack;
    } else if constexpr (std::is_same_v<T, Event>) {
        return event;
    } else if constexpr (std::is_same_v<T, Arguments>) {
        return event.arguments;
    } else {
        const QCborValue given = event.arguments.at(index);
        if (auto value = fromValue<T>(given))
            return *std::move(value);
        return Hubbub::failure(QStringLiteral("argument-mismatch"),
                               QStringLiteral("Event \"%1\": argument %2 is not %3.")
                                   .arg(event.name)
                                   .arg(index + 1)
                                   .arg(typeName<T>()),
                               misfit<T>(given));
    }
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
            std::tuple<Hubbub::Result<std::tuple_element_t<I, Tuple>>...> values{
                Detail::argument<std::tuple_element_t<I, Tuple>>(event,
                                                                 Detail::argumentIndex<Tuple, I>())...};
            std::optional<Hubbub::Error> mismatch;
            ((!mismatch && !std::get<I>(values) ? void(mismatch = std::get<I>(values).error()) : void()),
             ...);
            if (mismatch)
                return tl::unexpected<Hubbub::Error>(*std::move(mismatch));
            std::invoke(handler, *std::move(std::get<I>(values))...);
            return {};
        }
        (std::make_index_sequence<std::tuple_size_v<Tuple>>());
    };
}

} // namespace SocketIo
