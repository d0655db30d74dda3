// SPDX-License-Identifier: MIT
// The only file of the client that knows the HTTP library beneath, Boost.Beast.
#include "libclient/transport/httpanswerparser.h"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <limits>

using namespace Qt::StringLiterals;

namespace EngineIo
{

namespace http = boost::beast::http;
using boost::beast::string_view;
using Code = boost::beast::error_code;

class HttpAnswerParser::Engine final : public http::basic_parser<false>
{
public:
    Engine()
    {
        header_limit(std::uint32_t(maxHeadBytes));
        // Whoever reads the body bounds it, piece by piece.
        body_limit(std::numeric_limits<std::uint64_t>::max());
        eager(true);
    }

    int status = 0;
    QList<std::pair<QByteArray, QByteArray>> fields;
    QByteArray body;

private:
    static QByteArray bytesOf(string_view text) { return {text.data(), qsizetype(text.size())}; }

    void on_response_impl(int code, string_view, int, Code &) override { status = code; }
    void on_field_impl(http::field, string_view name, string_view value, Code &code) override
    {
        if (fields.size() >= maxFields)
            code = http::error::header_limit;
        else
            fields.emplaceBack(bytesOf(name), bytesOf(value));
    }
    std::size_t on_body_impl(string_view bytes, Code &) override
    {
        body.append(bytes.data(), qsizetype(bytes.size()));
        return bytes.size();
    }
    std::size_t on_chunk_body_impl(std::uint64_t, string_view bytes, Code &) override
    {
        body.append(bytes.data(), qsizetype(bytes.size()));
        return bytes.size();
    }
    void on_request_impl(http::verb, string_view, string_view, int, Code &) override { }
    void on_header_impl(Code &) override { }
    void on_body_init_impl(boost::optional<std::uint64_t> const &, Code &) override { }
    void on_chunk_header_impl(std::uint64_t, string_view, Code &) override { }
    void on_finish_impl(Code &) override { }
};

HttpAnswerParser::HttpAnswerParser()
    : m_engine(std::make_unique<Engine>())
{
}

HttpAnswerParser::~HttpAnswerParser() = default;

void HttpAnswerParser::reset()
{
    m_engine = std::make_unique<Engine>();
    m_unread.clear();
    m_problem.clear();
    m_state = State::Head;
}

bool HttpAnswerParser::isUntouched() const
{
    return m_state == State::Head && !m_engine->got_some() && m_unread.isEmpty();
}

void HttpAnswerParser::feed(QByteArrayView bytes)
{
    if (m_unread.isEmpty())
        return proceed(bytes);
    m_unread.append(bytes.data(), bytes.size());
    const QByteArray all = std::exchange(m_unread, {});
    proceed(all);
}

void HttpAnswerParser::proceed(QByteArrayView bytes)
{
    while (!bytes.isEmpty() && (m_state == State::Head || m_state == State::Body)) {
        Code code;
        const std::size_t taken =
            m_engine->put(boost::asio::const_buffer(bytes.data(), std::size_t(bytes.size())), code);
        bytes = bytes.sliced(qsizetype(taken));
        if (code && code != http::error::need_more)
            return fail(QString::fromStdString(code.message()));
        if (m_state == State::Head && m_engine->is_header_done())
            headDone();
        if (m_state == State::Body && m_engine->is_done())
            m_state = State::Complete;
        if (code == http::error::need_more || taken == 0)
            break;
    }
    if (m_state == State::Complete && !bytes.isEmpty())
        return fail(u"bytes behind the answer"_s);
    if (bytes.size() > maxHeadBytes) // of a chunk's head that does not end
        return fail(u"a line without end"_s);
    m_unread = bytes.toByteArray();
}

void HttpAnswerParser::headDone()
{
    m_state = State::Body;
    if (m_engine->status / 100 == 1 && m_engine->status != 101) {
        m_engine = std::make_unique<Engine>();
        m_state = State::Head;
    } else if (headers("Content-Length").size() > 1
               || (!headers("Content-Length").isEmpty() && !headers("Transfer-Encoding").isEmpty())) {
        fail(u"ambiguous length"_s);
    } else if (const QByteArray coding = header("Content-Encoding");
               !coding.isEmpty() && coding.compare("identity", Qt::CaseInsensitive) != 0) {
        fail(u"a compressed answer that was not asked for"_s);
    }
}

void HttpAnswerParser::endOfInput()
{
    if (m_state == State::Complete || m_state == State::Failed)
        return;
    if (m_state == State::Head)
        return fail(u"the connection ended within the head of the answer"_s);
    Code code;
    m_engine->put_eof(code);
    if (code)
        fail(u"the connection ended within the answer"_s);
    else
        m_state = State::Complete;
}

void HttpAnswerParser::fail(const QString &problem)
{
    m_problem = problem;
    m_state = State::Failed;
}

int HttpAnswerParser::status() const
{
    return m_engine->is_header_done() ? m_engine->status : 0;
}

QByteArray HttpAnswerParser::header(QByteArrayView name) const
{
    return headers(name).value(0);
}

QList<QByteArray> HttpAnswerParser::headers(QByteArrayView name) const
{
    QList<QByteArray> values;
    for (const auto &[field, value] : std::as_const(m_engine->fields)) {
        if (field.compare(name, Qt::CaseInsensitive) == 0)
            values += value;
    }
    return values;
}

bool HttpAnswerParser::keepsAlive() const
{
    return m_state == State::Complete && m_engine->keep_alive();
}

QByteArray HttpAnswerParser::takeBody()
{
    return std::exchange(m_engine->body, {});
}

} // namespace EngineIo
