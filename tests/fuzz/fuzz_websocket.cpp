// SPDX-License-Identifier: MIT
// Any bytes as the frames of a peer. The first byte says whose they are and in what pieces they come, which
// must make no difference; no message is larger than it may be.
#include "libclient/protocol/websocketdecoder.h"

using namespace Hubbub;

namespace
{

constexpr qint64 mostBytes = 300;

/// What the decoder makes of them, a line each.
QByteArray heard(QByteArray bytes, WebSocketDecoder::Peer peer, qsizetype piece)
{
    WebSocketDecoder decoder(peer, mostBytes);
    QByteArray all;
    const std::span<char> whole(bytes.data(), size_t(bytes.size()));
    for (qsizetype from = 0; from < bytes.size(); from += piece) {
        decoder.feed(whole.subspan(size_t(from), size_t(std::min(piece, bytes.size() - from))));
        for (WebSocketItem item = decoder.next(); item.kind != WebSocketItem::Kind::More;
             item = decoder.next()) {
            const bool message =
                item.kind == WebSocketItem::Kind::Text || item.kind == WebSocketItem::Kind::Binary;
            if (message && item.bytes.size() > mostBytes)
                qFatal("a message larger than the limit");
            if (item.kind == WebSocketItem::Kind::Text && !item.bytes.isValidUtf8())
                qFatal("a text that is not UTF-8");
            all += QByteArray::number(int(item.kind)) + ' ' + QByteArray::number(item.closeCode) + ' '
                   + item.bytes.toByteArray() + '\n';
            if (item.kind == WebSocketItem::Kind::Violation)
                return all;
        }
    }
    return all;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const quint8 *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const QByteArray bytes(reinterpret_cast<const char *>(data) + 1, qsizetype(size) - 1);
    const auto peer = data[0] & 1 ? WebSocketDecoder::Peer::Server : WebSocketDecoder::Peer::Client;
    if (heard(bytes, peer, bytes.size() + 1) != heard(bytes, peer, data[0] / 2 % 32 + 1))
        qFatal("the messages depend on the pieces they come in");
    return 0;
}
