// SPDX-License-Identifier: MIT
#include "server-lite/load/options.h"

namespace Load
{

const char *scenarioName(Kind scenario)
{
    switch (scenario) {
    case Kind::Connect:
        return "connect";
    case Kind::Idle:
        return "idle";
    case Kind::Echo:
        return "echo";
    case Kind::Broadcast:
        return "broadcast";
    case Kind::Rooms:
        return "rooms";
    case Kind::Churn:
        return "churn";
    }
    return "";
}

const char *wayName(Way way)
{
    switch (way) {
    case Way::WebSocket:
        return "websocket";
    case Way::Polling:
        return "polling";
    case Way::Upgrade:
        return "upgrade";
    }
    return "";
}

std::string Options::target(std::string_view transport, std::string_view sid) const
{
    std::string text = path + "?EIO=4&transport=";
    text += transport;
    if (!sid.empty())
        text.append("&sid=").append(sid);
    if (!query.empty())
        text.append("&").append(query);
    return text;
}

std::string Options::headers() const
{
    const bool isIpv6 = host.find(':') != std::string::npos;
    std::string text = "Host: " + (isIpv6 ? '[' + host + ']' : host);
    if (port != (secure ? "443" : "80"))
        text += ':' + port;
    text += "\r\nUser-Agent: hubbub-load/" HUBBUB_VERSION "\r\n";
    for (const auto &header : moreHeaders)
        text.append(header).append("\r\n");
    return text;
}

} // namespace Load
