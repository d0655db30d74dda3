// SPDX-License-Identifier: MIT
#include "server-lite/load/httpcall.h"

#include "server-lite/load/options.h"
#include "server-lite/load/process.h"

namespace Load
{

void HttpCall::request(const Network &network, std::string_view method, const std::string &target,
                       std::string_view body)
{
    // Node.js ends connections that were idle for five seconds: one about to be ended is not asked any more.
    constexpr std::int64_t mostIdle = 3'000'000'000;
    std::string text(method);
    text += ' ' + target + " HTTP/1.1\r\n" + m_options.headers();
    if (method == "POST")
        text += "Content-Type: text/plain;charset=UTF-8\r\nContent-Length: " + std::to_string(body.size())
                + "\r\n";
    text.append("\r\n").append(body);
    m_isBusy = true;
    if (m_stream.isOpen() && nanoseconds() - m_idleSince < mostIdle) {
        m_stream.output() += text;
        return m_stream.flush();
    }
    m_stream.close();
    m_request = std::move(text);
    m_stream.open(network);
}

void HttpCall::close()
{
    m_stream.close();
    m_isBusy = false;
    m_request.clear();
}

void HttpCall::connected(Stream &stream)
{
    stream.output() += m_request;
    m_request.clear();
}

std::size_t HttpCall::received(Stream &stream, std::string_view bytes)
{
    const HttpAnswer answer = HttpAnswer::read(bytes);
    if (answer.reading == HttpAnswer::Reading::Incomplete)
        return 0;
    if (answer.reading == HttpAnswer::Reading::Malformed) {
        close();
        m_owner.failed(*this, m_options.url + " does not speak HTTP");
        return 0;
    }
    if (!answer.keepsConnection)
        stream.close();
    m_isBusy = false;
    m_idleSince = nanoseconds();
    m_owner.answered(*this, answer);
    return answer.size;
}

void HttpCall::ended(Stream &, const std::string &why)
{
    if (!m_isBusy)
        return; // a connection that waited for the next request
    m_isBusy = false;
    m_owner.failed(*this, why);
}

} // namespace Load
