// SPDX-License-Identifier: MIT
#include "resources/resources.h"

#include <QtCore/QDir>

using namespace Qt::StringLiterals;

namespace Hubbub::Resources
{

QStringList fonts()
{
    const QDir folder(u":/hubbub/fonts"_s);
    QStringList paths;
    for (const QString &name : folder.entryList(QDir::Files, QDir::Name))
        paths.append(folder.filePath(name));
    return paths;
}

QStringList iconNames()
{
    QStringList names;
    for (const QString &file : QDir(u":/hubbub/icons"_s).entryList({u"*.svg"_s}, QDir::Files, QDir::Name)) {
        if (file != "hubbub.svg"_L1)
            names.append(file.chopped(4));
    }
    return names;
}

QString iconPath(const QString &name)
{
    return u":/hubbub/icons/"_s + name + u".svg"_s;
}

} // namespace Hubbub::Resources
