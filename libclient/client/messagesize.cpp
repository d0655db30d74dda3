// SPDX-License-Identifier: MIT
#include "libclient/client/messagesize.h"

using namespace Qt::StringLiterals;

namespace EngineIo
{

namespace
{

/// In a WebSocket message only text has the digit of its packet type before it.
qint64 sizeOnTheWire(const Message &message, BinaryForm form)
{
    return message.binary && form == BinaryForm::Raw ? message.data.size()
                                                     : recordSize(message.data.size(), message.binary);
}

} // namespace

Hubbub::Result<void> checkSize(const Messages &messages, qint64 maxPayload, BinaryForm form)
{
    for (const Message &message : messages) {
        const qint64 size = sizeOnTheWire(message, form);
        if (size > maxPayload)
            return Hubbub::failure(
                u"message-too-large"_s,
                u"This is %1 bytes; the server takes at most %2 at once."_s.arg(size).arg(maxPayload));
    }
    return {};
}

} // namespace EngineIo
