// SPDX-License-Identifier: MIT
#include "libclient/protocol/socketiopacket.h"

#include <algorithm>

namespace SocketIo
{

bool isReservedEvent(QStringView name)
{
    // The names socket.io-parser refuses in both directions.
    static constexpr std::u16string_view reserved[] = {u"connect",       u"connect_error", u"disconnect",
                                                       u"disconnecting", u"newListener",   u"removeListener"};
    return std::ranges::any_of(reserved,
                               [name](std::u16string_view word) { return name == QStringView(word); });
}

} // namespace SocketIo
