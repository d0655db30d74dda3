// SPDX-License-Identifier: MIT
#include "app/shell/profile.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryFile>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

Profile::Profile(const QString &dir)
    : m_dir(dir.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) : dir)
    , m_usable(m_dir)
{
    if (QDir().mkpath(m_dir.absolutePath())) {
        QTemporaryFile probe(m_dir.absoluteFilePath(u"probe-XXXXXX"_s));
        if (probe.open())
            return;
    }
    m_error =
        QCoreApplication::translate("Hubbub::App::Profile",
                                    "Can’t write to %1. Settings and waiting messages are kept only until "
                                    "Hubbub is closed.")
            .arg(QDir::toNativeSeparators(m_dir.absolutePath()));
    m_substitute = std::make_unique<QTemporaryDir>();
    m_usable = QDir(m_substitute->path());
}

} // namespace Hubbub::App
