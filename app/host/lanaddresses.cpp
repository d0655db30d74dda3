// SPDX-License-Identifier: MIT
#include "app/host/lanaddresses.h"

#include <QtCore/QUrl>
#include <QtNetwork/QNetworkInterface>

#include <algorithm>
#include <array>
#include <tuple>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

namespace
{

LanAddress::Via viaOf(const QNetworkInterface &interface)
{
    constexpr std::array prefixes{"docker"_L1, "veth"_L1, "br-"_L1, "virbr"_L1, "vmnet"_L1,     "vboxnet"_L1,
                                  "tun"_L1,    "tap"_L1,  "wg"_L1,  "zt"_L1,    "tailscale"_L1, "utun"_L1};
    const QString name = interface.name();
    if (std::any_of(prefixes.begin(), prefixes.end(),
                    [&name](auto prefix) { return name.startsWith(prefix); }))
        return LanAddress::Via::Virtual;
    switch (interface.type()) {
    case QNetworkInterface::Ethernet:
        return LanAddress::Via::Ethernet;
    case QNetworkInterface::Wifi:
        return LanAddress::Via::WiFi;
    case QNetworkInterface::Virtual:
        return LanAddress::Via::Virtual;
    default:
        return LanAddress::Via::Other;
    }
}

bool isPrivate(const QHostAddress &address)
{
    // RFC 1918 and RFC 4193
    return address.isInSubnet(QHostAddress(u"10.0.0.0"_s), 8)
           || address.isInSubnet(QHostAddress(u"172.16.0.0"_s), 12)
           || address.isInSubnet(QHostAddress(u"192.168.0.0"_s), 16) || address.isUniqueLocalUnicast();
}

} // namespace

QList<LanAddress> lanAddresses()
{
    QList<LanAddress> found;
    for (const QNetworkInterface &interface : QNetworkInterface::allInterfaces()) {
        const auto flags = interface.flags();
        if (!flags.testFlag(QNetworkInterface::IsRunning) || flags.testFlag(QNetworkInterface::IsLoopBack))
            continue;
        for (const QNetworkAddressEntry &entry : interface.addressEntries()) {
            if (!entry.ip().isLinkLocal() && !entry.ip().isLoopback())
                found.append({viaOf(interface), entry.ip()});
        }
    }
    return found;
}

QStringList rankedUrls(QList<LanAddress> addresses, quint16 port)
{
    const auto rank = [](const LanAddress &a) {
        const bool isV6 = a.address.protocol() == QAbstractSocket::IPv6Protocol;
        return std::tuple(a.via == LanAddress::Via::Virtual, isV6, !isPrivate(a.address), a.via,
                          a.address.toString());
    };
    std::sort(addresses.begin(), addresses.end(),
              [&rank](const LanAddress &a, const LanAddress &b) { return rank(a) < rank(b); });
    if (addresses.isEmpty())
        addresses.append({LanAddress::Via::Other, QHostAddress(QHostAddress::LocalHost)});
    QStringList urls;
    for (const LanAddress &found : addresses) {
        QUrl url;
        url.setScheme(u"http"_s);
        url.setHost(found.address.toString());
        url.setPort(port);
        urls.append(url.toString());
    }
    urls.removeDuplicates();
    return urls;
}

} // namespace Hubbub::App
