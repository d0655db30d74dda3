// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"

#include <QtCore/QJsonObject>

namespace Load
{

struct Options;
struct Outcome;

/// What came of a run, for programs; docs/load.md has its keys. Thread: any.
QJsonObject resultJson(const Options &options, const Outcome &outcome);

/// Writes it to Options::json, if that is set. The error "not-written" is a sentence for people.
Hubbub::Result<void> writeResult(const Options &options, const Outcome &outcome);

} // namespace Load
