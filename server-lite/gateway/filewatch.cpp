// SPDX-License-Identifier: MIT
#include "server-lite/gateway/filewatch.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

namespace Hubbub
{

using namespace std::chrono_literals;

FileWatch::FileWatch(QStringList files, QObject *parent)
    : QObject(parent)
    , m_files(std::move(files))
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(300ms);
    connect(&m_rest, &QTimer::timeout, this, [this] {
        watch();
        if (const auto now = fingerprint(); std::exchange(m_known, now) != now)
            Q_EMIT changed();
    });
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_rest, qOverload<>(&QTimer::start));
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_rest, qOverload<>(&QTimer::start));
    watch();
    m_known = fingerprint();
}

/// A file that was replaced is watched no more; its folder tells of the new one.
void FileWatch::watch()
{
    QStringList wanted;
    for (const auto &file : std::as_const(m_files)) {
        const QFileInfo info(file);
        wanted << info.absoluteFilePath() << info.absolutePath();
        if (info.isSymLink())
            wanted << info.canonicalFilePath() << QFileInfo(info.canonicalFilePath()).absolutePath();
    }
    const auto watched = m_watcher.files() + m_watcher.directories();
    for (const auto &path : std::as_const(wanted)) {
        if (!watched.contains(path) && QFileInfo::exists(path))
            m_watcher.addPath(path);
    }
}

QByteArray FileWatch::fingerprint() const
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const auto &path : m_files) {
        QFile file(path);
        if (file.open(QIODevice::ReadOnly))
            hash.addData(&file);
        hash.addData(QByteArrayView("|"));
    }
    return hash.result();
}

} // namespace Hubbub
