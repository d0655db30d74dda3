// SPDX-License-Identifier: MIT
// The only file that knows the HTTP library beneath, Boost.Beast.
#include "server-lite/net/httpparser.h"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>

namespace Hubbub
{

namespace http = boost::beast::http;
using boost::beast::string_view;
using Code = boost::beast::error_code;

namespace
{

QByteArray bytesOf(string_view text)
{
    return QByteArray(text.data(), qsizetype(text.size()));
}

int countOf(const HttpRequest &request, QByteArrayView name)
{
    int count = 0;
    for (const auto &field : request.headers)
        count += field.first.compare(name, Qt::CaseInsensitive) == 0 ? 1 : 0;
    return count;
}

/// The path and query of an absolute-form target ("http://host/path"), which RFC 9112 3.2.2 tells servers to
/// accept.
QByteArrayView originForm(QByteArrayView target)
{
    if (target.startsWith('/') || target == "*")
        return target;
    const qsizetype scheme = target.indexOf("://");
    if (scheme <= 0)
        return {};
    const qsizetype slash = target.indexOf('/', scheme + 3);
    return slash < 0 ? QByteArrayView("/") : target.sliced(slash);
}

} // namespace

class HttpParser::Engine final : public http::basic_parser<true>
{
public:
    Engine(HttpRequest &request, const HttpLimits &limits)
        : m_request(request)
        , m_maxFields(limits.headerFields)
    {
        header_limit(std::uint32_t(limits.headBytes));
        body_limit(std::uint64_t(limits.bodyBytes));
        eager(false);
    }

    bool tooManyFields = false;
    int requestVersion = 0; ///< 10 or 11

private:
    void on_request_impl(http::verb, string_view method, string_view target, int version, Code &) override
    {
        requestVersion = version;
        m_request.method = bytesOf(method);
        m_request.target = bytesOf(target);
    }
    void on_field_impl(http::field, string_view name, string_view value, Code &code) override
    {
        if (m_request.headers.size() >= m_maxFields) {
            tooManyFields = true;
            code = http::error::header_limit;
            return;
        }
        m_request.headers.emplaceBack(bytesOf(name), bytesOf(value));
    }
    std::size_t on_body_impl(string_view body, Code &) override
    {
        m_request.body.append(body.data(), qsizetype(body.size()));
        return body.size();
    }
    std::size_t on_chunk_body_impl(std::uint64_t, string_view body, Code &) override
    {
        m_request.body.append(body.data(), qsizetype(body.size()));
        return body.size();
    }
    void on_response_impl(int, string_view, int, Code &) override { }
    void on_header_impl(Code &) override { }
    void on_body_init_impl(boost::optional<std::uint64_t> const &, Code &) override { }
    void on_chunk_header_impl(std::uint64_t, string_view, Code &) override { }
    void on_finish_impl(Code &) override { }

    HttpRequest &m_request;
    int m_maxFields;
};

HttpParser::HttpParser(const HttpLimits &limits)
    : m_limits(limits)
{
    reset();
}

HttpParser::~HttpParser() = default;

void HttpParser::reset()
{
    m_request = {};
    m_engine = std::make_unique<Engine>(m_request, m_limits);
    m_lineEnded = false;
    m_failureText.clear();
    m_failureStatus = 0;
    m_state = State::Head;
}

void HttpParser::fail(int status, QByteArray text)
{
    m_state = State::Failed;
    m_failureStatus = status;
    m_failureText = std::move(text);
}

qsizetype HttpParser::feed(QByteArrayView bytes)
{
    qsizetype used = 0;
    while (m_state == State::Head || m_state == State::Body) {
        Code code;
        const auto rest = bytes.sliced(used);
        const auto taken =
            qsizetype(m_engine->put(boost::asio::const_buffer(rest.data(), std::size_t(rest.size())), code));
        const bool more = code == http::error::need_more;
        if (code && !more) {
            const int status = code == http::error::header_limit || code == http::error::partial_message ? 431
                               : code == http::error::body_limit                                         ? 413
                               : code == http::error::bad_version                                        ? 505
                                                                  : 400;
            fail(status, m_engine->tooManyFields ? QByteArray("too many header fields")
                                                 : QByteArray::fromStdString(code.message()));
            return used;
        }
        if (m_state == State::Head && !refusesFolding(rest.first(taken)))
            return used;
        used += taken;
        if (m_state == State::Head && m_engine->is_header_done()) {
            if (!finishHead())
                return used;
            m_state = m_engine->is_done() ? State::Complete : State::Body;
            return used;
        }
        if (m_state == State::Body && m_engine->is_done())
            m_state = State::Complete;
        if (more || taken == 0)
            return used;
    }
    return used;
}

bool HttpParser::refusesFolding(QByteArrayView consumed)
{
    const auto isBlank = [](char c) { return c == ' ' || c == '\t'; };
    bool folded = m_lineEnded && !consumed.isEmpty() && isBlank(consumed.front());
    for (qsizetype at = consumed.indexOf('\n'); at >= 0 && at + 1 < consumed.size() && !folded;
         at = consumed.indexOf('\n', at + 1))
        folded = isBlank(consumed[at + 1]);
    if (folded) {
        fail(400, "folded header line");
        return false;
    }
    if (!consumed.isEmpty())
        m_lineEnded = consumed.back() == '\n';
    return true;
}

bool HttpParser::finishHead()
{
    const QByteArray coding = m_request.header("Transfer-Encoding");
    const int codings = countOf(m_request, "Transfer-Encoding");
    const int lengths = countOf(m_request, "Content-Length");
    if (lengths > 1 || codings > 1 || (lengths == 1 && codings == 1)) {
        fail(400, "ambiguous length");
        return false;
    }
    const QByteArray length = m_request.header("Content-Length");
    if (!std::all_of(length.begin(), length.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        fail(400, "bad Content-Length");
        return false;
    }
    if (codings == 1 && coding.compare("chunked", Qt::CaseInsensitive) != 0) {
        fail(400, "unknown transfer coding");
        return false;
    }
    const int hosts = countOf(m_request, "Host");
    if (hosts > 1 || (hosts == 0 && m_engine->requestVersion >= 11)) {
        fail(400, "exactly one Host is due");
        return false;
    }
    const QByteArrayView target = originForm(m_request.target);
    if (target.isEmpty()) {
        fail(400, "bad request target");
        return false;
    }
    const qsizetype mark = target.indexOf('?');
    m_request.path = (mark < 0 ? target : target.first(mark)).toByteArray();
    if (mark >= 0)
        m_request.query = QUrlQuery(QString::fromUtf8(target.sliced(mark + 1)));
    m_request.keepAlive = m_engine->keep_alive();
    return true;
}

bool HttpParser::expectsContinue() const
{
    return m_request.header("Expect").compare("100-continue", Qt::CaseInsensitive) == 0;
}

} // namespace Hubbub
