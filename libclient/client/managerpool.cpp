// SPDX-License-Identifier: MIT
#include "libclient/client/managerpool.h"

using namespace Qt::StringLiterals;

namespace SocketIo
{

namespace
{

QString keyOf(const QUrl &url, const ManagerOptions &options)
{
    const QString scheme = url.scheme().toLower();
    const bool secure = scheme == "https"_L1 || scheme == "wss"_L1;
    QString path = options.path;
    while (path.endsWith(u'/'))
        path.chop(1);
    return u"%1://%2:%3%4"_s.arg(secure ? u"https"_s : u"http"_s, url.host())
        .arg(url.port(secure ? 443 : 80))
        .arg(path);
}

} // namespace

Socket *ManagerPool::socket(const QUrl &url, ManagerOptions options, const SocketOptions &socketOptions)
{
    const QString nsp = url.path().isEmpty() ? u"/"_s : url.path();
    const QString key = keyOf(url, options);
    Manager *known = m_shared.value(key);
    const bool alone = options.forceNew || !options.multiplex || (known && known->hasSocket(nsp));
    if (known && !alone)
        return known->socket(nsp, socketOptions);
    auto *made = new Manager(url, std::move(options), this);
    if (!alone)
        m_shared.insert(key, made);
    return made->socket(nsp, socketOptions);
}

qsizetype ManagerPool::managerCount() const
{
    return findChildren<Manager *>(Qt::FindDirectChildrenOnly).size();
}

} // namespace SocketIo
