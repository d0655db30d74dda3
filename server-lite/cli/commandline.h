// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"
#include "server-lite/cli/logoutput.h"
#include "server-lite/gateway/liteserverconfig.h"

#include <QtCore/QStringList>

namespace Hubbub
{

/// What hubbub-server was asked to do. Thread: any; a plain value.
struct CommandLine {
    enum class Action { Serve, IssueToken, ShowHelp, ShowVersion };

    Action action = Action::Serve;
    LiteServerConfig config;
    LogOutput::Format logFormat = LogOutput::Format::Text;
    LogOutput::Level logLevel = LogOutput::Level::Notice;
    QString tokenUser;
    QString tokenName;

    /// Reads arguments (the program's name first), the configuration file they may name, and the files with
    /// secrets. Errors, each a sentence that says what to do: "invalid-option", "invalid-config", and those
    /// of SecretFile and PasswordHash.
    static Result<CommandLine> parse(const QStringList &arguments);
};

} // namespace Hubbub
