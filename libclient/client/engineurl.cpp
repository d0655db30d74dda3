// SPDX-License-Identifier: MIT
#include "libclient/client/engineurl.h"

using namespace Qt::StringLiterals;

namespace SocketIo
{

namespace
{

QByteArray encoded(const QString &text)
{
    return QUrl::toPercentEncoding(text);
}

} // namespace

Hubbub::Result<QUrl> engineUrl(const QUrl &server, const ManagerOptions &options, const QString &transport)
{
    const QString scheme = server.scheme().toLower();
    const bool secure = scheme == "https"_L1 || scheme == "wss"_L1;
    const bool plain = scheme == "http"_L1 || scheme == "ws"_L1;
    if (!server.isValid() || server.host().isEmpty() || (!secure && !plain))
        return Hubbub::failure(
            u"invalid-url"_s,
            u"\"%1\" is not the address of a server. It looks like https://chat.example.org."_s.arg(
                server.toDisplayString()),
            server.errorString());

    QString path = options.path;
    if (!path.startsWith(u'/'))
        path.prepend(u'/');
    if (!path.endsWith(u'/'))
        path.append(u'/');

    // By hand, since QUrlQuery leaves a plus sign as it is, which servers read as a space.
    QByteArray query = "EIO=4&transport=" + encoded(transport);
    const auto items = options.query.queryItems(QUrl::FullyDecoded);
    for (const auto &[key, value] : items)
        query += '&' + encoded(key) + '=' + encoded(value);

    QUrl url;
    if (transport == "polling"_L1)
        url.setScheme(secure ? u"https"_s : u"http"_s);
    else
        url.setScheme(secure ? u"wss"_s : u"ws"_s);
    url.setHost(server.host());
    url.setPort(server.port());
    url.setPath(path);
    url.setQuery(QString::fromLatin1(query), QUrl::StrictMode);
    return url;
}

} // namespace SocketIo
