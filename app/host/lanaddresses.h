// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtNetwork/QHostAddress>

namespace Hubbub::App
{

/// One address of this computer. Thread: any; a plain value.
struct LanAddress {
    enum class Via { Ethernet, WiFi, Other, Virtual }; ///< best first; Virtual: VPNs, containers, bridges
    Via via = Via::Other;
    QHostAddress address;
};

/// Of all interfaces that are up, without loopback and link-local ones. Thread: any.
QList<LanAddress> lanAddresses();

/// The URLs by which others on the network may reach that port, the most promising first: IPv4 before IPv6,
/// private before public, cable and Wi-Fi before virtual. With none, this computer's own. Thread: any; a pure
/// function.
QStringList rankedUrls(QList<LanAddress> addresses, quint16 port);

} // namespace Hubbub::App
