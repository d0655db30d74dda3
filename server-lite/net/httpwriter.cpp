// SPDX-License-Identifier: MIT
#include "server-lite/net/httpwriter.h"

#include <QtCore/QDateTime>
#include <QtCore/QLocale>

namespace Hubbub
{

namespace
{

/// The Date header of RFC 9110 5.6.7, made once a second for each thread.
const QByteArray &httpDate()
{
    thread_local qint64 madeAt = -1;
    thread_local QByteArray text;
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    if (now != madeAt) {
        madeAt = now;
        text = QLocale::c()
                   .toString(QDateTime::fromSecsSinceEpoch(now, Qt::UTC), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'")
                   .toLatin1();
    }
    return text;
}

void appendField(QByteArray &out, QByteArrayView name, QByteArrayView value)
{
    const auto breaks = [](QByteArrayView text) { return text.contains('\r') || text.contains('\n'); };
    if (breaks(name) || breaks(value))
        return;
    out.append(name.data(), name.size()).append(": ").append(value.data(), value.size()).append("\r\n");
}

} // namespace

QByteArray reasonPhrase(int status)
{
    switch (status) {
    case 101:
        return "Switching Protocols";
    case 200:
        return "OK";
    case 204:
        return "No Content";
    case 301:
        return "Moved Permanently";
    case 302:
        return "Found";
    case 304:
        return "Not Modified";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 413:
        return "Payload Too Large";
    case 421:
        return "Misdirected Request";
    case 426:
        return "Upgrade Required";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 503:
        return "Service Unavailable";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return status < 400 ? "OK" : "Error";
    }
}

QByteArray encodeResponse(const HttpResponse &response, bool keepAlive, bool headOnly)
{
    QByteArray out;
    out.reserve(256 + response.body.size());
    out.append("HTTP/1.1 ").append(QByteArray::number(response.status)).append(' ');
    out.append(reasonPhrase(response.status)).append("\r\n");
    if (!response.contentType.isEmpty())
        appendField(out, "Content-Type", response.contentType);
    appendField(out, "Content-Length", QByteArray::number(response.body.size()));
    for (const auto &[name, value] : response.headers)
        appendField(out, name, value);
    appendField(out, "Date", httpDate());
    appendField(out, "Connection", keepAlive ? "keep-alive" : "close");
    out.append("\r\n");
    if (!headOnly)
        out.append(response.body);
    return out;
}

} // namespace Hubbub
