// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QLoggingCategory>

/// The program's log, one line on stderr for each message, as text or as JSON. What looks like a token never
/// gets there. Thread: any once installed; install() before there are others.
namespace Hubbub::LogOutput
{

enum class Format { Text, Json };
/// Notice: what an operator has to know. Info: also each connection and each refusal.
enum class Level { Error, Warning, Notice, Info, Debug };

void install(Format format, Level level);

/// One line with its end, as install() writes it. JSON has "time" (RFC 3339, UTC), "level" ("debug", "info",
/// "warning", "error"), "category" and "message".
QByteArray line(Format format, QtMsgType type, const char *category, const QString &message);

} // namespace Hubbub::LogOutput
