// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/httpresponse.h"

namespace Hubbub
{

/// The bytes of an answer: status line, Content-Length, Date and Connection added. `headOnly` leaves the body
/// out, as the answer to a HEAD request must. Names and values with line breaks are left out. Thread: any;
/// pure but for the date.
QByteArray encodeResponse(const HttpResponse &response, bool keepAlive, bool headOnly = false);

QByteArray reasonPhrase(int status);

} // namespace Hubbub
