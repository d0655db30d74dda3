// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

namespace Hubbub::Ui
{

/// Where the lines of a chart's grid lie. Pure, any thread.
struct ChartScale {
    double top = 1; ///< value at the upper edge; the lower edge is 0
    int steps = 4; ///< grid lines above 0

    /// The smallest round scale that holds `maximum`, with two to four steps of 1, 2, 2.5, 4 or 5 × 10ⁿ.
    static ChartScale forMaximum(double maximum);

    /// The label at a grid line, 0 to steps: "0", "500", "1.5k", "2M".
    QString label(int step) const;
};

} // namespace Hubbub::Ui
