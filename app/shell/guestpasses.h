// SPDX-License-Identifier: MIT
#pragma once

#include "app/shell/guesttoken.h"

#include <QtCore/QString>

namespace Hubbub::App
{

/// Who this person is as a guest, server by server: what keeps one's own messages one's own after a restart.
/// In a file of the profile that only its owner may read, for a pass opens no door that a name would not.
/// Thread: GUI.
class GuestPasses
{
public:
    explicit GuestPasses(QString file)
        : m_file(std::move(file))
    {
    }

    GuestPass find(const QUrl &server) const; ///< empty if there was none
    void keep(const QUrl &server, const GuestPass &pass);

private:
    QString m_file;
};

} // namespace Hubbub::App
