// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

namespace Load
{

struct Options;
struct Outcome;

/// What came of a run, in lines for people. Thread: any.
QString report(const Options &options, const Outcome &outcome);

} // namespace Load
