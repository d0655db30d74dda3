// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"
#include "server-lite/load/options.h"

#include <QtCore/QStringList>

namespace Load
{

/// What hubbub-load was asked to do. Thread: any; a plain value.
struct CommandLine {
    enum class Action : std::uint8_t { Run, ShowHelp, ShowVersion };

    Action action = Action::Run;
    Options options;

    /// Reads arguments, the program's name first. The error "invalid-option" is a sentence for people.
    static Hubbub::Result<CommandLine> parse(const QStringList &arguments);
    static QString help();
};

} // namespace Load
