// SPDX-License-Identifier: MIT
#include "server-lite/load/target.h"

#include <QtCore/QUrl>

namespace Load
{

using namespace Qt::StringLiterals;

QString readTarget(const QString &url, Options &options)
{
    const QUrl parsed(url, QUrl::StrictMode);
    const QString scheme = parsed.scheme();
    options.secure = scheme == "https"_L1 || scheme == "wss"_L1;
    const bool isKnown = options.secure || scheme == "http"_L1 || scheme == "ws"_L1;
    if (!parsed.isValid() || parsed.host().isEmpty() || !isKnown)
        return u"http://HOST:PORT or https://HOST:PORT, with /PATH/ if needed"_s;
    if (!parsed.userName().isEmpty() || parsed.hasFragment() || parsed.hasQuery())
        return u"http://HOST:PORT/PATH/ and no more; there are --query and --header"_s;
    options.url = url.toStdString();
    options.host = parsed.host(QUrl::EncodeUnicode).toStdString();
    options.port = std::to_string(parsed.port(options.secure ? 443 : 80));
    QString path = parsed.path(QUrl::FullyEncoded);
    if (path.isEmpty() || path == "/"_L1)
        path = u"/socket.io/"_s;
    if (!path.endsWith(u'/'))
        path += u'/';
    options.path = path.toStdString();
    return {};
}

} // namespace Load
