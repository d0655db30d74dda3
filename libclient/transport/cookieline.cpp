// SPDX-License-Identifier: MIT
#include "libclient/transport/cookieline.h"

#include "libclient/transport/transporterror.h"

#include <QtNetwork/QNetworkCookie>

using namespace Qt::StringLiterals;

namespace EngineIo
{

QByteArray cookieLine(const TransportOptions &options, const QNetworkRequest &request)
{
    if (!options.cookies || request.hasRawHeader("Cookie"))
        return {};
    QUrl url = request.url();
    url.setScheme(isSecure(url) ? u"https"_s : u"http"_s);
    QByteArray line;
    const QList<QNetworkCookie> cookies = options.cookies->cookiesForUrl(url);
    for (const QNetworkCookie &cookie : cookies)
        line += (line.isEmpty() ? "" : "; ") + cookie.toRawForm(QNetworkCookie::NameAndValueOnly);
    return line;
}

} // namespace EngineIo
