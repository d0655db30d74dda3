// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/transport/transportoptions.h"

#include <QtCore/QByteArray>
#include <QtCore/QUrl>
#include <QtNetwork/QNetworkRequest>

/// What the URLs of polling requests carry besides the application's query. Thread: any; pure but for the
/// clock and chance in timestamp().
namespace EngineIo
{

/// The same URL with one more parameter. QUrlQuery leaves a plus sign as it is, which servers read as a
/// space.
inline QUrl withParameter(const QUrl &url, const QString &name, const QString &value)
{
    const QByteArray added = QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(value);
    QUrl changed = url;
    const QString query = url.query(QUrl::FullyEncoded);
    changed.setQuery((query.isEmpty() ? QString() : query + QLatin1Char('&')) + QString::fromLatin1(added),
                     QUrl::StrictMode);
    return changed;
}

/// Eight characters that no request before had: five of the time, three of chance. Source:
/// engine.io-client 6.6.
QByteArray timestamp();

/// The request with such a timestamp, if the options want one.
QNetworkRequest timestamped(QNetworkRequest request, const TransportOptions &options);

} // namespace EngineIo
