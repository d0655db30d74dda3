// SPDX-License-Identifier: MIT
#pragma once

namespace Hubbub::Ui
{

/// Registers the embedded fonts (Inter, Inter Num, JetBrains Mono) and makes unhinted Inter 14 px the
/// application's font. Call once after the application object is made. Thread: GUI.
/// Returns false, and warns in hubbub.ui, if a font could not be registered; texts then use the system's.
bool loadFonts();

} // namespace Hubbub::Ui
