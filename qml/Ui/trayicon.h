// SPDX-License-Identifier: MIT
#pragma once

#include <QtGui/QIcon>

namespace Hubbub::Ui
{

/// What the tray shows, by rising priority. Colour and shape differ in each.
enum class TrayState {
    Online, ///< the plain mark
    Offline, ///< the mark lying flat
    Hosting, ///< green disc with an arrow
    Unread, ///< accent disc with the count
    Mention, ///< red rounded square with the count
    Untrusted ///< red shield
};

/// An icon drawn anew for each size it is asked for, on that size's own pixels. `count` matters for Unread
/// and Mention and is shown as "9+" above nine. `darkPanel`: light strokes for a dark panel. Thread: GUI.
QIcon makeTrayIcon(TrayState state, int count, bool darkPanel);

/// The picture behind it, size × size device pixels.
QImage trayImage(TrayState state, int count, bool darkPanel, int size);

} // namespace Hubbub::Ui
