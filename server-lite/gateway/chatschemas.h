// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/middleware/eventschemas.h"

/// The JSON Schemas of what clients of the chat say, from resources/schemas/chat. They check form; what a
/// name may look like and how UTF-16 units count is ChatRequests' business. Thread: any; a pure function.
namespace Hubbub::ChatSchemas
{

EventSchemas load();

} // namespace Hubbub::ChatSchemas
