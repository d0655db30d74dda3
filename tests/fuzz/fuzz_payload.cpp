// SPDX-License-Identifier: MIT
// Any bytes as a long-polling body and as an Engine.IO handshake.
#include "libclient/protocol/engineiohandshake.h"
#include "libclient/protocol/engineiopacket.h"

using namespace EngineIo;

extern "C" int LLVMFuzzerTestOneInput(const quint8 *data, std::size_t size)
{
    const QByteArrayView body(data, qsizetype(size));
    const DecodedPayload payload = decodePayload(body);
    if (!payload.packets.empty()) {
        const DecodedPayload again = decodePayload(encodePayload(payload.packets));
        if (again.error || again.packets != payload.packets)
            qFatal("an encoded payload decodes to another");
    }
    if (const auto handshake = decodeHandshake(body)) {
        const auto again = decodeHandshake(encodeHandshake(*handshake));
        if (!again || *again != *handshake)
            qFatal("an encoded handshake decodes to another");
    }
    return 0;
}
