// SPDX-License-Identifier: MIT
// Any bytes as one message for the MessagePack decoder. What it accepts can be encoded, and decodes to the
// same again.
#include "libclient/protocol/msgpack.h"
#include "libclient/protocol/parser.h"

using namespace SocketIo;

namespace
{

void checkValue(const QByteArray &bytes)
{
    const auto value = MsgPack::read(bytes, 100'000);
    if (!value)
        return;
    QByteArray first;
    MsgPack::write(*value, first);
    const auto again = MsgPack::read(first, 200'000);
    if (!again)
        qFatal("what was written is not read");
    QByteArray second;
    MsgPack::write(*again, second);
    if (first != second)
        qFatal("a value changes each time it is written");
}

void checkPacket(const QByteArray &bytes)
{
    const auto decoder = msgpackParser()->createDecoder({.maxAttachmentBytes = 100'000});
    const auto packet = decoder->add({bytes, true});
    if (!packet)
        return;
    const auto encoded = msgpackParser()->encode(**packet);
    const auto again = msgpackParser()->createDecoder()->add(encoded.front());
    if (!again || (*again)->type != (*packet)->type || (*again)->nsp != (*packet)->nsp
        || (*again)->id != (*packet)->id || (*again)->name != (*packet)->name
        || (*again)->arguments.size() != (*packet)->arguments.size())
        qFatal("an encoded packet decodes to another");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const quint8 *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    checkValue(bytes);
    checkPacket(bytes);
    return 0;
}
