// SPDX-License-Identifier: MIT
#include "server-lite/transport/clientaddress.h"

#include <algorithm>

namespace EngineIo
{

namespace
{

bool isIn(const QHostAddress &address, const QList<Network> &networks)
{
    return std::any_of(networks.begin(), networks.end(),
                       [&](const Network &network) { return address.isInSubnet(network); });
}

/// "192.0.2.1", "192.0.2.1:80", "2001:db8::1" or "[2001:db8::1]:80"; null for anything else.
QHostAddress parsed(const QByteArray &entry)
{
    QByteArray text = entry.trimmed();
    if (text.startsWith('[')) {
        text = text.mid(1, text.indexOf(']') - 1);
    } else if (text.count(':') == 1) {
        text.truncate(text.indexOf(':'));
    }
    const QHostAddress address(QString::fromLatin1(text));
    bool isMapped = false;
    const quint32 v4 = address.toIPv4Address(&isMapped);
    return isMapped ? QHostAddress(v4) : address;
}

} // namespace

QHostAddress clientAddress(const Hubbub::HttpRequest &request, const QList<Network> &trustedProxies)
{
    QHostAddress client = request.peerAddress;
    if (trustedProxies.isEmpty() || !isIn(client, trustedProxies))
        return client;
    QByteArrayList path;
    for (const auto &[name, value] : request.headers) {
        if (name.compare("x-forwarded-for", Qt::CaseInsensitive) == 0)
            path += value.split(',');
    }
    for (auto hop = path.crbegin(); hop != path.crend() && isIn(client, trustedProxies); ++hop) {
        const QHostAddress before = parsed(*hop);
        if (before.isNull())
            break;
        client = before;
    }
    return client;
}

} // namespace EngineIo
