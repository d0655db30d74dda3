// SPDX-License-Identifier: MIT
#include "app/shell/linkview.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <array>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;
using SocketIo::ConnectionState;
using Action = LinkView::Action;

namespace
{

constexpr const char *context = "Hubbub::App::LinkStatus";

QString say(const char *text)
{
    return QCoreApplication::translate(context, text);
}

struct Phase {
    ConnectionState state;
    const char *kind;
    const char *words;
    Action action;
    const char *spoken;
    bool assertive;
    bool online;
};

constexpr std::array phases{
    Phase{ConnectionState::Offline, "offline", QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus", "Offline"),
          Action::GoOnline, QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus", "You are offline."), false, false},
    Phase{ConnectionState::Waiting, "waiting",
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus", "Reconnecting in %1 s"), Action::RetryNow,
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus", "Connection lost. Reconnecting."), false, false},
    Phase{ConnectionState::Connecting, "connecting",
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus", "Connecting…"), Action::None, "", false, false},
    Phase{ConnectionState::Handshaking, "handshaking",
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus", "Connecting…"), Action::None, "", false, false},
    Phase{ConnectionState::Synchronising, "synchronising",
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus", "Catching up…"), Action::None, "", false, true},
    Phase{ConnectionState::Online, "online", QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus", "Online"),
          Action::None, QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus", "Online."), false, true},
    Phase{ConnectionState::Degraded, "degraded",
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus", "Slow connection"), Action::None,
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus", "The connection is slow."), false, true},
    Phase{ConnectionState::Refused, "refused", QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus", "Refused"),
          Action::RetryNow, "", true, false},
    Phase{ConnectionState::Untrusted, "untrusted",
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus", "This host’s identity changed"), Action::None,
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus",
                            "This host’s identity changed. Someone may be pretending to be this host."),
          true, false},
    Phase{ConnectionState::Closed, "closed", QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus", "Not connected"),
          Action::RetryNow, QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus", "Not connected."), false, false},
};

struct Cause {
    const char *code; ///< the error's code, or words in it, whatever their case
    const char *sentence; ///< %1 is the host
    const char *chip = nullptr; ///< the short form when refused
};

// A row whose code fits wins over one whose words fit. Codes come from the client library, words from servers
// in the field.
constexpr std::array causes{
    Cause{"host-not-found",
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus", "There is no server named %1. Check the address.")},
    Cause{"connection-refused",
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus",
                            "Can’t reach %1. Check that the server is running there, then try again.")},
    Cause{"tls-error", QT_TRANSLATE_NOOP(
                           "Hubbub::App::LinkStatus",
                           "%1 could not prove who it is, so nothing was sent. Check the address, or ask the "
                           "person who runs it.")},
    Cause{"ping timeout",
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus",
                            "%1 has gone silent. Hubbub tries again by itself; check your network.")},
    Cause{"ping-timeout",
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus",
                            "%1 has gone silent. Hubbub tries again by itself; check your network.")},
    Cause{"timeout", QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus",
                                       "%1 did not answer in time. Check your network, then try again.")},
    Cause{"http-error", QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus",
                                          "%1 answers, but not as a Socket.IO server. Check the address.")},
    Cause{"parse-error",
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus",
                            "%1 sent something Hubbub does not understand. Check the address.")},
    Cause{"message-too-large",
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus", "%1 sent a message that is too large.")},
    Cause{"invalid namespace",
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus",
                            "%1 is a Socket.IO server, but does not offer this. Ask the person who runs it."),
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus", "Not offered here")},
    Cause{"authentication required",
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus", "%1 wants to know who you are. Sign in to go on."),
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus", "Sign-in needed")},
    Cause{"invalid token",
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus", "%1 no longer accepts your sign-in. Sign in again."),
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus", "Sign-in expired")},
    Cause{"invalid credentials",
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus", "The name or the password is not right. Try again."),
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus", "Wrong password")},
    Cause{"authentication failed",
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus", "The name or the password is not right. Try again."),
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus", "Wrong password")},
    Cause{"io server disconnect",
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus",
                            "%1 ended the connection. Try again if you think it should not."),
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus", "Ended by the server")},
    Cause{"server shutting down",
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus", "%1 was shut down. Hubbub tries again by itself.")},
    Cause{"transport-close",
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus",
                            "The connection to %1 broke. Hubbub tries again by itself; check your network.")},
    Cause{"transport close",
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus",
                            "The connection to %1 broke. Hubbub tries again by itself; check your network.")},
    Cause{"transport-error",
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus",
                            "The connection to %1 broke. Hubbub tries again by itself; check your network.")},
    Cause{"transport error",
          QT_TRANSLATE_NOOP("Hubbub::App::LinkStatus",
                            "The connection to %1 broke. Hubbub tries again by itself; check your network.")},
};

const Cause *findCause(const Error &error)
{
    for (const Cause &cause : causes) {
        if (error.code == QLatin1StringView(cause.code))
            return &cause;
    }
    for (const Cause &cause : causes) {
        const QLatin1StringView words(cause.code);
        if (error.message.contains(words, Qt::CaseInsensitive)
            || error.cause.contains(words, Qt::CaseInsensitive))
            return &cause;
    }
    return nullptr;
}

const Phase &phaseOf(ConnectionState state)
{
    return *std::find_if(phases.begin(), phases.end(), [state](const Phase &p) { return p.state == state; });
}

} // namespace

QString explain(const Error &error, const QString &host)
{
    const Cause *cause = findCause(error);
    if (!cause)
        return error.message;
    const QString sentence = say(cause->sentence);
    return sentence.contains(u"%1"_s) ? sentence.arg(host.isEmpty() ? say("The server") : host) : sentence;
}

bool isAboutSigningIn(const Error &error)
{
    const Cause *cause = findCause(error);
    if (!cause || !cause->chip)
        return error.message.contains("token"_L1, Qt::CaseInsensitive)
               || error.message.contains("unauthori"_L1, Qt::CaseInsensitive)
               || error.message.contains("auth"_L1, Qt::CaseInsensitive);
    const QLatin1StringView code(cause->code);
    return code.startsWith("authentication"_L1) || code == "invalid token"_L1
           || code == "invalid credentials"_L1;
}

LinkView describe(const LinkFacts &facts)
{
    const Phase &phase = phaseOf(facts.state);
    LinkView view;
    view.kind = QString::fromLatin1(phase.kind);
    view.text = say(phase.words);
    view.action = phase.action;
    view.spoken = *phase.spoken ? say(phase.spoken) : QString();
    view.assertive = phase.assertive;
    view.online = phase.online;

    switch (facts.state) {
    case ConnectionState::Waiting:
        view.text = view.text.arg(facts.retryIn.count());
        view.cause = explain(facts.error, facts.host);
        break;
    case ConnectionState::Online:
        if (facts.roundTrip)
            view.text += say(" · %1 ms").arg(facts.roundTrip->count());
        break;
    case ConnectionState::Degraded:
        view.cause = facts.roundTrip ? say("An answer takes %1 ms.").arg(facts.roundTrip->count())
                                     : say("WebSocket is blocked on the way, so a slower way is used.");
        break;
    case ConnectionState::Refused: {
        const Cause *cause = findCause(facts.error);
        if (cause && cause->chip)
            view.text = say(cause->chip);
        if (isAboutSigningIn(facts.error))
            view.action = Action::SignIn;
        view.cause = explain(facts.error, facts.host);
        view.spoken = view.cause;
        break;
    }
    case ConnectionState::Offline:
        view.cause = facts.offlineReason;
        if (facts.signInNeeded) {
            view.text = say("Sign-in needed");
            view.action = Action::SignIn;
        }
        break;
    case ConnectionState::Untrusted:
        if (facts.error.code == "untrusted-certificate"_L1) { // nothing has changed: it is not known yet
            view.text = say("Not trusted");
            view.cause =
                say("This host could not prove who it is. Compare its fingerprint with the one that the "
                    "person who runs it reads to you.");
            view.spoken = view.cause;
            break;
        }
        if (facts.error.code == "trust-store-unreadable"_L1) {
            view.text = say("Not trusted");
            view.cause =
                say("The list of servers you trust is damaged, so Hubbub cannot tell whether this is "
                    "the right one.");
            view.spoken = view.cause;
            break;
        }
        view.cause =
            say("Someone may be pretending to be this host. Ask the person who runs it before you go on.");
        break;
    case ConnectionState::Closed:
        view.cause = explain(facts.error, facts.host);
        break;
    case ConnectionState::Connecting:
    case ConnectionState::Handshaking:
        view.cause = explain(facts.error, facts.host); // of the attempt before
        break;
    case ConnectionState::Synchronising:
        break;
    }
    return view;
}

QString actionText(Action action)
{
    switch (action) {
    case Action::RetryNow:
        return say("Retry now");
    case Action::GoOnline:
        return say("Go online");
    case Action::SignIn:
        return say("Sign in");
    case Action::None:
        break;
    }
    return {};
}

} // namespace Hubbub::App
