// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QList>

#include <utility>

namespace Hubbub
{

/// One figure, in Prometheus' words. Thread: any; a plain value.
struct Metric {
    enum class Type { Counter, Gauge, Histogram };
    using Labels = QList<std::pair<QByteArray, QByteArray>>;

    QByteArray name; ///< snake_case with its unit; counters end in _total
    QByteArray help; ///< one sentence
    Type type = Type::Gauge;
    double value = 0; ///< of a histogram: the sum
    Labels labels;
    QList<double> bounds{}; ///< of a histogram: upper ones, rising
    QList<quint64> counts{}; ///< of a histogram: one for each bound, not added up, and one for what is above
};

/// Metrics as Prometheus' text format 0.0.4; those of one name have to stand together. Thread: any; a pure
/// function.
QByteArray prometheusText(const QList<Metric> &metrics);

} // namespace Hubbub
