// SPDX-License-Identifier: MIT
#include "app/shell/profiletrust.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

Result<std::optional<QByteArray>> ProfileTrust::fingerprintOf(const QString &server)
{
    const Result<std::optional<QByteArray>> kept = m_file.fingerprintOf(server);
    const auto it = m_untilTheEnd.constFind(server);
    return kept && it != m_untilTheEnd.cend() ? *it : kept;
}

Result<void> ProfileTrust::trust(const QString &server, const QByteArray &fingerprint)
{
    return change(server, fingerprint, m_file.trust(server, fingerprint));
}

Result<void> ProfileTrust::forget(const QString &server)
{
    return change(server, std::nullopt, m_file.forget(server));
}

Result<QString> ProfileTrust::setAside()
{
    QString place;
    for (int i = 1; place.isEmpty() || QFileInfo::exists(place); ++i)
        place = u"%1.damaged-%2"_s.arg(m_path).arg(i);
    QFile file(m_path);
    if (!file.rename(place))
        return failure(u"trust-store-unwritable"_s,
                       QCoreApplication::translate("Hubbub::App::ProfileTrust",
                                                   "The list of trusted servers, %1, cannot be put aside.")
                           .arg(m_path),
                       file.errorString());
    return place;
}

Result<void> ProfileTrust::change(const QString &server, const std::optional<QByteArray> &fingerprint,
                                  const Result<void> &written)
{
    if (!written && written.error().code != "trust-store-unwritable"_L1)
        return written;
    m_unkept = written ? Error{} : written.error();
    if (written)
        m_untilTheEnd.remove(server);
    else
        m_untilTheEnd.insert(server, fingerprint);
    return {};
}

} // namespace Hubbub::App
