// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/net/httplimits.h"
#include "server-lite/net/httprequest.h"

#include <QtCore/QByteArrayView>

#include <memory>

namespace Hubbub
{

/// Reads one HTTP/1.x request at a time, head first. It takes what RFC 9112 allows and nothing that two
/// readers could understand differently: no folded lines, no bare LF, no length given twice or together with
/// chunks. Thread: any one; not shared.
class HttpParser
{
public:
    enum class State : quint8 { Head, Body, Complete, Failed };

    explicit HttpParser(const HttpLimits &limits);
    ~HttpParser();

    /// Takes what it can of `bytes` and returns how many that were. It stops after the head, so that the head
    /// can be looked at before the body is read, and after the request.
    qsizetype feed(QByteArrayView bytes);

    State state() const { return m_state; }

    /// The status to refuse the request with once Failed: 400, 413, 431 or 505.
    int failureStatus() const { return m_failureStatus; }
    QByteArray failureText() const { return m_failureText; }

    bool expectsContinue() const;
    const HttpRequest &request() const { return m_request; }
    HttpRequest takeRequest() { return std::move(m_request); }

    /// Ready for the next request of the same connection.
    void reset();

private:
    class Engine;

    bool refusesFolding(QByteArrayView consumed);
    bool finishHead();
    void fail(int status, QByteArray text);

    HttpLimits m_limits;
    HttpRequest m_request;
    std::unique_ptr<Engine> m_engine;
    QByteArray m_failureText;
    int m_failureStatus = 0;
    bool m_lineEnded = false; ///< where the last feed did, to see a folded line across two of them
    State m_state = State::Head;
};

} // namespace Hubbub
