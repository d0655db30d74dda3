// SPDX-License-Identifier: MIT
#include "server-lite/load/httpanswer.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>

namespace Load
{

namespace
{

constexpr std::size_t mostHeadBytes = 64 * 1024;
constexpr std::string_view lineEnd = "\r\n";

bool isSame(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

/// The value of a field, or nothing.
std::optional<std::string_view> field(std::string_view head, std::string_view name)
{
    for (std::size_t at = head.find(lineEnd); at != std::string_view::npos;) {
        at += lineEnd.size();
        const auto end = head.find(lineEnd, at);
        const auto line = head.substr(at, end == std::string_view::npos ? end : end - at);
        const auto colon = line.find(':');
        if (colon != std::string_view::npos && isSame(line.substr(0, colon), name))
            return trimmed(line.substr(colon + 1));
        at = end;
    }
    return std::nullopt;
}

std::optional<std::size_t> number(std::string_view text, int base)
{
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    return error == std::errc() && end != text.data() ? std::optional(value) : std::nullopt;
}

/// Reads chunks behind `at`; gives false if the answer is malformed or not all there.
bool readChunks(std::string_view buffer, std::size_t at, HttpAnswer &answer)
{
    for (;;) {
        const auto end = buffer.find(lineEnd, at);
        if (end == std::string_view::npos)
            return false;
        const auto size = number(buffer.substr(at, end - at), 16);
        if (!size || *size > buffer.max_size() / 2) {
            answer.reading = HttpAnswer::Reading::Malformed;
            return false;
        }
        at = end + lineEnd.size();
        if (buffer.size() < at + *size + lineEnd.size())
            return false;
        answer.body.append(buffer.substr(at, *size));
        at += *size + lineEnd.size();
        if (!*size) {
            answer.size = at;
            return true;
        }
    }
}

} // namespace

HttpAnswer HttpAnswer::read(std::string_view buffer)
{
    constexpr std::string_view version = "HTTP/1.";
    HttpAnswer answer;
    const auto start = buffer.substr(0, version.size());
    if (start != version.substr(0, start.size())) {
        answer.reading = Reading::Malformed;
        return answer;
    }
    const auto end = buffer.find("\r\n\r\n");
    if (end == std::string_view::npos) {
        if (buffer.size() > mostHeadBytes)
            answer.reading = Reading::Malformed;
        return answer;
    }
    const auto head = buffer.substr(0, end);
    const auto statusLine = head.substr(0, head.find(lineEnd));
    const auto status = statusLine.size() > 12
                            ? number(statusLine.substr(9, 3), 10)
                            : number(statusLine.substr(std::min<std::size_t>(9, statusLine.size())), 10);
    if (!status) {
        answer.reading = Reading::Malformed;
        return answer;
    }
    answer.status = int(*status);
    answer.reason = std::string(trimmed(statusLine.substr(std::min<std::size_t>(12, statusLine.size()))));
    answer.keepsConnection = statusLine[7] == '1' && !isSame(field(head, "connection").value_or(""), "close");
    answer.size = end + 4;
    answer.reading = Reading::Complete;
    if (answer.status == 101)
        return answer;
    if (isSame(field(head, "transfer-encoding").value_or(""), "chunked")) {
        answer.reading = Reading::Incomplete;
        if (readChunks(buffer, answer.size, answer))
            answer.reading = Reading::Complete;
        return answer;
    }
    const auto length = number(field(head, "content-length").value_or(""), 10);
    if (!length)
        answer.keepsConnection = false;
    const std::size_t wanted = length.value_or(buffer.size() - answer.size);
    if (buffer.size() - answer.size < wanted) {
        answer.reading = Reading::Incomplete;
        return answer;
    }
    answer.body = std::string(buffer.substr(answer.size, wanted));
    answer.size += wanted;
    return answer;
}

std::string explainHttpAnswer(const HttpAnswer &answer, const std::string &url)
{
    std::string said = url + " answers " + std::to_string(answer.status);
    if (!answer.reason.empty())
        said += ' ' + answer.reason;
    if (answer.status == 404 || answer.status == 200)
        return said
               + ": Socket.IO is not at that path; it is /socket.io/ unless the server says otherwise, and "
                 "can "
                 "be part of --url";
    // Socket.IO says what it does not like as {"code":N,"message":"..."} or, before an upgrade, as plain
    // text.
    constexpr std::string_view key = "\"message\":\"";
    std::string_view message = answer.body;
    if (const auto at = message.find(key); at != std::string_view::npos) {
        message.remove_prefix(at + key.size());
        message = message.substr(0, message.find('"'));
    }
    const bool isText =
        !message.empty() && message.size() < 200
        && std::all_of(message.begin(), message.end(), [](unsigned char c) { return c >= ' ' && c != '<'; });
    if (isText)
        said += ": " + std::string(message);
    if (message == "Transport unknown")
        said += "; the server does not speak this --transport";
    return said;
}

} // namespace Load
