// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QStringList>

/// What is compiled into the program under ":/hubbub". Any thread.
namespace Hubbub::Resources
{

/// Paths of all embedded fonts, ":/hubbub/fonts/…".
QStringList fonts();

/// Names of all line icons ("hash", "search", …), sorted; the file is iconPath(name).
QStringList iconNames();
QString iconPath(const QString &name);

} // namespace Hubbub::Resources
