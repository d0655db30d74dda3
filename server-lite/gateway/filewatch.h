// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QFileSystemWatcher>
#include <QtCore/QTimer>

namespace Hubbub
{

/// Says when files have changed, also when they were replaced, or a link on the way to them was: once when
/// things have come to rest, for a certificate and its key are written one after the other. Thread: the one
/// that makes it.
class FileWatch : public QObject
{
    Q_OBJECT
public:
    explicit FileWatch(QStringList files, QObject *parent = nullptr);

Q_SIGNALS:
    void changed();

private:
    void watch();
    QByteArray fingerprint() const;

    QStringList m_files;
    QFileSystemWatcher m_watcher;
    QTimer m_rest;
    QByteArray m_known;
};

} // namespace Hubbub
