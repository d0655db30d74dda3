// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>
#include <QtGui/QColor>
#include <QtGui/QImage>

namespace Hubbub::Ui
{

/// A line icon of resources/icons as a picture of size × size logical pixels, tinted. Pictures are cached.
/// The path is scaled, the pen is not: its stroke is 1.5 px at every size (1.25 px at 12 and below).
/// Unknown names give an empty picture and one warning in hubbub.ui. Any thread.
QImage iconImage(const QString &name, int size, const QColor &color, qreal devicePixelRatio);

} // namespace Hubbub::Ui
