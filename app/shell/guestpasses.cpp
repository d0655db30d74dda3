// SPDX-License-Identifier: MIT
#include "app/shell/guestpasses.h"

#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QSaveFile>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

namespace
{

QJsonObject read(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

} // namespace

GuestPass GuestPasses::find(const QUrl &server) const
{
    const QJsonValue kept = read(m_file)[server.toString()];
    return {kept["token"_L1].toString(), kept["userId"_L1].toString(), kept["username"_L1].toString()};
}

void GuestPasses::keep(const QUrl &server, const GuestPass &pass)
{
    QJsonObject all = read(m_file);
    all.insert(
        server.toString(),
        QJsonObject{{u"token"_s, pass.token}, {u"userId"_s, pass.userId}, {u"username"_s, pass.username}});
    // If it cannot be written the person is somebody new next time; the profile has said that it keeps
    // nothing.
    QSaveFile file(m_file);
    if (file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        && file.write(QJsonDocument(all).toJson()) > 0)
        file.commit();
}

} // namespace Hubbub::App
