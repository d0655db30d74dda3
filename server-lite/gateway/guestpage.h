// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/auth/guesttokens.h"
#include "server-lite/auth/ratelimiter.h"
#include "server-lite/gateway/httprouter.h"

namespace Hubbub
{

/// The page on which anybody with a browser joins: its files, what it has to
/// know about the server, and the token that lets a guest in. Everything comes from this program,
/// nothing from elsewhere. Pages from elsewhere are kept off by the server itself, as
/// EngineIo::ServerOptions::allowedOrigins has it. Thread: the server's.
class GuestPage
{
public:
    struct Options {
        QString title; ///< of the server, for people
        QString room; ///< id of the room guests come into
        bool allowGuests = false;
    };

    GuestPage(Options options, GuestTokens tokens);

    /// GET /, /guest.css, /guest.js, /timeline.js, /icon.svg, /guest/info and POST /guest/token. Has to
    /// outlive the router.
    void addTo(HttpRouter &router);

private:
    HttpResponse info() const;
    HttpResponse issueToken(const HttpRequest &request);

    Options m_options;
    GuestTokens m_tokens;
    RateLimiter m_limiter;
};

} // namespace Hubbub
