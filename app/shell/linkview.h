// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/client/connectionstate.h"
#include "libclient/protocol/error.h"

#include <QtCore/QString>

#include <chrono>
#include <optional>

namespace Hubbub::App
{

/// What is known of a connection at one moment.
struct LinkFacts {
    SocketIo::ConnectionState state = SocketIo::ConnectionState::Offline;
    std::chrono::seconds retryIn{0}; ///< when Waiting
    std::optional<std::chrono::milliseconds> roundTrip;
    Error error; ///< why it is Waiting, Refused, Untrusted or Closed
    QString host; ///< for sentences: "Can’t reach 192.168.1.20."
    QString offlineReason; ///< a sentence, when Offline for a reason of ours
    bool signInNeeded = false; ///< Offline, because there is nothing to sign in with

    friend bool operator==(const LinkFacts &, const LinkFacts &) = default;
};

/// What a person is told about it: the connection chip's words. Source: the chip's table of the design.
struct LinkView {
    enum class Action : quint8 { None, RetryNow, GoOnline, SignIn };

    QString kind; ///< names the glyph and the colour
    QString text;
    Action action = Action::None;
    QString cause; ///< what happened, then what to do; may be empty
    QString spoken; ///< for screen readers, when the phase is entered; empty: say nothing
    bool assertive = false; ///< spoken at once, because the person must act
    bool online = false;

    friend bool operator==(const LinkView &, const LinkView &) = default;
};

/// Thread: any; pure functions.
LinkView describe(const LinkFacts &facts);
QString actionText(LinkView::Action action);
/// A failure in plain words, without codes; the error's own sentence if it is none that is known.
QString explain(const Error &error, const QString &host);
/// Whether the server wants (other) credentials.
bool isAboutSigningIn(const Error &error);

} // namespace Hubbub::App
