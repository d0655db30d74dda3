// SPDX-License-Identifier: MIT
#include "server-lite/gateway/clientbundle.h"

#include <QtCore/QFile>

#include <algorithm>
#include <array>

// Outside the namespace, as the macro demands: the files live in a static library.
static void loadBundleResources()
{
#ifdef HUBBUB_CLIENT_VERSION
    Q_INIT_RESOURCE(clientbundle);
#endif
}

namespace Hubbub::ClientBundle
{

using namespace Qt::StringLiterals;

namespace
{

constexpr std::array names{"socket.io.js", "socket.io.min.js", "socket.io.esm.min.js",
                           "socket.io.msgpack.min.js"};

#ifdef HUBBUB_CLIENT_VERSION
constexpr auto tag = "\"" HUBBUB_CLIENT_VERSION "\"";
#else
constexpr auto tag = "";
#endif

/// Source: RFC 9110, 13.1.2: a list, compared weakly, so that W/ does not matter.
bool isKnown(const QByteArray &ifNoneMatch)
{
    const auto known = ifNoneMatch.split(',');
    return std::any_of(known.begin(), known.end(), [](const QByteArray &entry) {
        auto one = entry.trimmed();
        if (one.startsWith("W/"))
            one.remove(0, 2);
        return one == "*" || one == tag;
    });
}

/// Unpacked when asked for: nobody needs half a megabyte of source maps in memory meanwhile.
void serve(const QString &path, const HttpRequest &request, const HttpResponder &respond)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return respond(plainResponse(404, "This server was built without the client library for browsers."));
    HttpResponse response;
    response.contentType = path.endsWith(".map"_L1) ? "application/json; charset=utf-8"
                                                    : "application/javascript; charset=utf-8";
    response.headers = {
        {"ETag", tag}, {"Cache-Control", "public, max-age=0"}, {"X-Content-Type-Options", "nosniff"}};
    if (isKnown(request.header("if-none-match")))
        response.status = 304;
    else
        response.body = file.readAll();
    respond(std::move(response));
}

} // namespace

void addTo(HttpRouter &router)
{
    loadBundleResources();
    for (const char *name : names) {
        for (const auto *end : {"", ".map"}) {
            const auto file = QByteArray(name) + end;
            router.get("/socket.io/" + file, [path = u":/hubbub/client/"_s + QString::fromLatin1(file)](
                                                 const HttpRequest &request, const HttpResponder &respond) {
                serve(path, request, respond);
            });
        }
    }
}

} // namespace Hubbub::ClientBundle
