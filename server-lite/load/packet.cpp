// SPDX-License-Identifier: MIT
#include "server-lite/load/packet.h"

#include <algorithm>
#include <charconv>

namespace Load
{

Packet Packet::read(std::string_view message, std::string_view nsp)
{
    Packet packet;
    if (message.empty() || message.front() < '0' || message.front() > '6')
        return packet;
    const char type = message.front();
    message.remove_prefix(1);
    if (type == '5' || type == '6') // the number of attachments
        message.remove_prefix(std::min(message.size(), message.find('-') + 1));
    std::string_view name = "/";
    if (message.starts_with('/')) {
        name = message.substr(0, message.find(','));
        message.remove_prefix(std::min(message.size(), name.size() + 1));
    }
    if (name != nsp)
        return packet;
    packet.type = type;
    std::uint64_t id = 0;
    const auto [end, error] = std::from_chars(message.data(), message.data() + message.size(), id);
    if (error == std::errc()) {
        packet.id = id;
        message.remove_prefix(std::size_t(end - message.data()));
    }
    packet.data = message;
    return packet;
}

std::optional<std::string_view> Packet::argumentsOf(std::string_view event) const
{
    if ((type != '2' && type != '5') || data.size() < event.size() + 4 || !data.starts_with("[\"")
        || data.substr(2, event.size()) != event || data[2 + event.size()] != '"')
        return std::nullopt;
    return data.substr(3 + event.size());
}

std::string packetHead(std::string_view type, std::string_view nsp, std::optional<std::uint64_t> id)
{
    std::string text("4");
    text += type;
    if (nsp != "/")
        text.append(nsp).append(",");
    if (id)
        text += std::to_string(*id);
    return text;
}

} // namespace Load
