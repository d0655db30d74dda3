// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/httpresponse.h"

#include <QtCore/QHash>

namespace Hubbub
{

/// Plain HTTP beside Socket.IO: finds who answers a path, and says 404 and 405 in a sentence. Thread: the
/// server's.
class HttpRouter
{
public:
    /// HEAD is answered as GET; the connection leaves the body out.
    void get(const QByteArray &path, const HttpHandler &handler);
    void post(const QByteArray &path, const HttpHandler &handler);

    void handle(const HttpRequest &request, const HttpResponder &respond) const;

private:
    QHash<QByteArray, QHash<QByteArray, HttpHandler>> m_handlers; ///< by path and method
};

/// A sentence as plain text.
HttpResponse plainResponse(int status, const QByteArray &sentence);

} // namespace Hubbub
