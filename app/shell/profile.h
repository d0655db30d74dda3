// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QDir>
#include <QtCore/QString>
#include <QtCore/QTemporaryDir>

#include <memory>

namespace Hubbub::App
{

/// The folder in which one person's settings, servers, drafts and waiting messages live. If it cannot be
/// written, a folder that is deleted at the end stands in for it, and error() says so. Thread: GUI.
class Profile
{
public:
    /// Empty: the platform's place for application data.
    explicit Profile(const QString &dir);

    QString dir() const { return m_dir.absolutePath(); } ///< as asked for
    QString error() const { return m_error; } ///< a sentence; empty while all is well
    QString usableDir() const { return m_usable.absolutePath(); } ///< where its files really are
    QString file(const QString &name) const { return m_usable.absoluteFilePath(name); }

private:
    QDir m_dir;
    QDir m_usable;
    QString m_error;
    std::unique_ptr<QTemporaryDir> m_substitute;
};

} // namespace Hubbub::App
