// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QUrlQuery>
#include <QtNetwork/QHostAddress>

namespace Hubbub
{

using HttpHeaders = QList<std::pair<QByteArray, QByteArray>>;

/// A whole request, head and body. Thread: any; a plain value.
struct HttpRequest {
    QByteArray method;
    QByteArray target; ///< as it came: path and query
    QByteArray path; ///< the target's part before '?', not percent-decoded
    QUrlQuery query;
    HttpHeaders headers; ///< in order; names as they came
    QByteArray body;
    QHostAddress peerAddress;
    quint16 peerPort = 0;
    bool secure = false; ///< came over TLS
    bool keepAlive = true;

    /// The first header of that name, compared without regard to case; empty if there is none.
    QByteArray header(QByteArrayView name) const;
};

} // namespace Hubbub
