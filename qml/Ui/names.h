// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

/// Turns people and rooms into a colour slot and letters. Pure functions, any thread.
namespace Hubbub::Ui
{

inline constexpr int NameSlots = 8;

/// 0 to 7, the same for the same id in every program run and on every computer (FNV-1a over UTF-8).
int nameSlot(const QString &id);

/// One or two capital letters: first letters of the first and last word ("Mara Lindqvist" gives "ML").
/// A single word gives its first two letters ("mara" gives "MA"); numbers count as words ("Display 7" gives
/// "D7"). Nothing readable gives "?".
QString initials(const QString &name);

} // namespace Hubbub::Ui
