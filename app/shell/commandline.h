// SPDX-License-Identifier: MIT
#pragma once

#include "app/shell/settings.h"
#include "libclient/protocol/error.h"

#include <QtCore/QSize>
#include <QtCore/QStringList>

#include <optional>

namespace Hubbub::App
{

/// What the program was asked to do. Thread: any; a plain value.
struct CommandLine {
    bool demo = false;
    QString profileDir;
    bool hostNow = false;
    int port = 0;
    QString room;
    QString connectTo;
    QString name;
    std::optional<Settings::Theme> theme;
    std::optional<QSize> size;
    QString page;
    QString screenshot;
    bool software = false;
    bool rightToLeft = false;
    QString answer; ///< of --help and --version: print it and leave

    /// Errors: "bad-option", with a sentence for the terminal.
    static Result<CommandLine> parse(const QStringList &arguments);
};

} // namespace Hubbub::App
