// SPDX-License-Identifier: MIT
#include "server-lite/gateway/guestpage.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

// Outside the namespace, as the macro demands: the files live in a static library.
static void loadGuestResources()
{
    Q_INIT_RESOURCE(guest);
}

namespace Hubbub
{

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace
{

/// Nothing from elsewhere, no frames, no inline script; sockets to where the page came from.
constexpr auto policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

HttpHandler file(const QString &path, const QByteArray &contentType)
{
    QFile resource(u":/hubbub/guest/"_s + path);
    if (!resource.open(QIODevice::ReadOnly))
        qFatal("a file of the guest page is missing in the program");
    HttpResponse response;
    response.contentType = contentType;
    response.body = resource.readAll();
    const auto tag =
        '"' + QCryptographicHash::hash(response.body, QCryptographicHash::Sha256).toHex().left(32) + '"';
    response.headers = {{"ETag", tag},
                        {"Cache-Control", "no-cache"},
                        {"Content-Security-Policy", policy},
                        {"X-Content-Type-Options", "nosniff"},
                        {"Referrer-Policy", "no-referrer"}};
    return [response, tag](const HttpRequest &request, const HttpResponder &respond) {
        if (request.header("if-none-match") != tag)
            return respond(response);
        auto unchanged = response;
        unchanged.status = 304;
        unchanged.body.clear();
        respond(std::move(unchanged));
    };
}

HttpResponse jsonResponse(int status, const QJsonObject &object)
{
    auto response = plainResponse(status, QJsonDocument(object).toJson(QJsonDocument::Compact));
    response.contentType = "application/json";
    return response;
}

HttpResponse refusal(int status, const QString &code, const QString &message)
{
    return jsonResponse(status, {{u"error"_s, QJsonObject{{u"code"_s, code}, {u"message"_s, message}}}});
}

} // namespace

GuestPage::GuestPage(Options options, GuestTokens tokens)
    : m_options(std::move(options))
    , m_tokens(std::move(tokens))
    , m_limiter(20, 3s)
{
    loadGuestResources();
}

void GuestPage::addTo(HttpRouter &router)
{
    router.get("/", file(u"index.html"_s, "text/html; charset=utf-8"));
    router.get("/guest.css", file(u"guest.css"_s, "text/css; charset=utf-8"));
    router.get("/guest.js", file(u"guest.js"_s, "text/javascript; charset=utf-8"));
    router.get("/timeline.js", file(u"timeline.js"_s, "text/javascript; charset=utf-8"));
    router.get("/icon.svg", file(u"icon.svg"_s, "image/svg+xml"));
    router.get("/guest/info", [this](const HttpRequest &, const HttpResponder &respond) { respond(info()); });
    router.post("/guest/token", [this](const HttpRequest &request, const HttpResponder &respond) {
        respond(issueToken(request));
    });
}

HttpResponse GuestPage::info() const
{
    return jsonResponse(
        200,
        {{u"title"_s, m_options.title}, {u"roomId"_s, m_options.room}, {u"guests"_s, m_options.allowGuests}});
}

HttpResponse GuestPage::issueToken(const HttpRequest &request)
{
    if (!m_options.allowGuests)
        return refusal(403, u"guests-not-allowed"_s,
                       u"This server does not let guests in. Ask its host for a way in."_s);
    if (!request.header("content-type").toLower().startsWith("application/json"))
        return refusal(400, u"invalid-request"_s, u"Send {\"name\": \"…\"} as application/json."_s);
    if (!m_limiter.tryTake(request.peerAddress)) {
        auto response = refusal(429, u"too-many-requests"_s,
                                u"Too many people came in from here. Try again in a moment."_s);
        const auto wait = std::chrono::ceil<std::chrono::seconds>(m_limiter.retryAfter(request.peerAddress));
        response.headers.append({"Retry-After", QByteArray::number(qint64(wait.count()))});
        return response;
    }
    const auto body = QJsonDocument::fromJson(request.body).object();
    const auto name = body.value("name"_L1);
    if (!name.isString())
        return refusal(400, u"invalid-request"_s, u"Send {\"name\": \"…\"} as application/json."_s);
    // A token that cannot be renewed is of another server or too old: its bearer comes in as somebody new.
    auto guest = m_tokens.renew(body.value("token"_L1).toString().toUtf8(), name.toString());
    if (!guest)
        guest = m_tokens.issue(name.toString());
    if (!guest)
        return refusal(400, guest.error().code, guest.error().message);
    return jsonResponse(200, {{u"token"_s, QString::fromLatin1(guest->token)},
                              {u"userId"_s, guest->userId},
                              {u"username"_s, guest->username}});
}

} // namespace Hubbub
