// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace Load
{

/// One answer of an HTTP/1.1 server at the head of a buffer. Thread: any; a plain value.
struct HttpAnswer {
    enum class Reading : unsigned char { Incomplete, Complete, Malformed };

    Reading reading = Reading::Incomplete;
    std::size_t size = 0; ///< bytes of the whole answer
    int status = 0;
    std::string reason;
    std::string body;
    bool keepsConnection = true;

    /// Reads head and body; the body of a 101 is none. With neither length nor chunks the body is taken for
    /// what the buffer has, and the connection for ended.
    static HttpAnswer read(std::string_view buffer);
};

/// Why that answer is not one of Socket.IO, as a sentence that says what to do. Thread: any.
std::string explainHttpAnswer(const HttpAnswer &answer, const std::string &url);

} // namespace Load
