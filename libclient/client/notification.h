// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QtGlobal>

#include <array>
#include <concepts>
#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>

namespace SocketIo
{

/// Something to be called once, later. Like std::function, but without an allocation for what an event needs,
/// and it moves only. Thread: any; a value.
class Notification
{
public:
    template <std::invocable F>
    requires(!std::same_as<F, Notification>)
        Notification(F call) // NOLINT(google-explicit-constructor): made of any lambda, as std::function is
    {
        if constexpr (sizeof(F) <= room && alignof(F) <= alignof(std::max_align_t)
                      && std::is_nothrow_move_constructible_v<F>) {
            new (m_storage.data()) F(std::move(call));
            m_kind = &kindOf<F>;
        } else {
            auto boxed = [box = std::make_unique<F>(std::move(call))] { (*box)(); };
            using Boxed = decltype(boxed);
            new (m_storage.data()) Boxed(std::move(boxed));
            m_kind = &kindOf<Boxed>;
        }
    }
    Notification(Notification &&other) noexcept
        : m_kind(other.m_kind)
    {
        m_kind->move(m_storage.data(), other.m_storage.data());
    }
    Notification &operator=(Notification &&) = delete;
    ~Notification() { m_kind->destroy(m_storage.data()); }

    void operator()() { m_kind->call(m_storage.data()); }

private:
    static constexpr std::size_t room = 96;

    struct Kind {
        void (*call)(void *);
        void (*move)(void *to, void *from); ///< leaves `from` to be destroyed
        void (*destroy)(void *);
    };
    template <typename F>
    static constexpr Kind kindOf{[](void *at) { (*static_cast<F *>(at))(); },
                                 [](void *to, void *from) { new (to) F(std::move(*static_cast<F *>(from))); },
                                 [](void *at) { static_cast<F *>(at)->~F(); }};

    const Kind *m_kind;
    alignas(std::max_align_t) std::array<std::byte, room> m_storage;
};

} // namespace SocketIo
