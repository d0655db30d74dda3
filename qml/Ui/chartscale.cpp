// SPDX-License-Identifier: MIT
#include "qml/Ui/chartscale.h"

#include <QtCore/QtMath>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Hubbub::Ui
{

ChartScale ChartScale::forMaximum(double maximum)
{
    if (!(maximum > 0) || !std::isfinite(maximum))
        return {};
    ChartScale best{0, 0};
    const double magnitude = std::pow(10.0, std::floor(std::log10(maximum)) - 1);
    for (const double unit : {1.0, 2.0, 2.5, 4.0, 5.0, 10.0, 20.0, 25.0, 40.0, 50.0}) {
        const double step = unit * magnitude;
        if (step > 1 && step != std::floor(step)) // 2.5 people are nobody
            continue;
        const int steps = qMax(2, qCeil(maximum / step - 1e-9));
        if (steps <= 4 && (best.steps == 0 || step * steps < best.top))
            best = {step * steps, steps};
    }
    return best;
}

QString ChartScale::label(int step) const
{
    const double value = top * step / steps;
    const auto shorten = [](double number, const QString &suffix) {
        return QString::number(number, 'g', 3) + suffix;
    };
    if (value >= 1e6)
        return shorten(value / 1e6, u"M"_s);
    if (value >= 1e3)
        return shorten(value / 1e3, u"k"_s);
    return shorten(value, QString());
}

} // namespace Hubbub::Ui
