// SPDX-License-Identifier: MIT
#pragma once

namespace Hubbub::App
{

/// Decides how the window is drawn: by the graphics card where it really is there, else by Qt's software
/// renderer, which is lighter than an imitated card. QT_QUICK_BACKEND is respected. After the QApplication,
/// before the first window. Thread: GUI.
void chooseRenderer(bool forceSoftware);

} // namespace Hubbub::App
