// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/engineiopacket.h"

namespace EngineIo
{

/// How binary data goes out; long-polling has no other way than base64, a third longer.
enum class BinaryForm : quint8 { Raw, Base64 };

/// Nothing if the messages fit into what the server takes at once, else "message-too-large". Thread: any.
Hubbub::Result<void> checkSize(const Messages &messages, qint64 maxPayload,
                               BinaryForm form = BinaryForm::Raw);

} // namespace EngineIo
