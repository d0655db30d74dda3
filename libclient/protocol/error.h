// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

#include <tl/expected.hpp>

namespace Hubbub
{

/// What went wrong, as a value: a stable code for programs, a sentence for people, and the cause beneath it.
/// Thread: any; a plain value.
struct Error {
    QString code; ///< kebab-case and stable, for example "invalid-payload"
    QString message; ///< one sentence that can be shown as it is
    QString cause; ///< technical detail: the position, the peer's words, errno; may be empty

    friend bool operator==(const Error &, const Error &) = default;
};

template <typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> failure(QString code, QString message, QString cause = {})
{
    return tl::unexpected<Error>(Error{std::move(code), std::move(message), std::move(cause)});
}

} // namespace Hubbub
