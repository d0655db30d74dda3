// SPDX-License-Identifier: MIT
#include "server-lite/metrics/prometheustext.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <limits>

namespace Hubbub
{

namespace
{

prometheus::MetricType typeOf(const Metric &metric)
{
    switch (metric.type) {
    case Metric::Type::Counter:
        return prometheus::MetricType::Counter;
    case Metric::Type::Gauge:
        return prometheus::MetricType::Gauge;
    case Metric::Type::Histogram:
        return prometheus::MetricType::Histogram;
    }
    Q_UNREACHABLE();
}

prometheus::ClientMetric::Histogram histogramOf(const Metric &metric)
{
    prometheus::ClientMetric::Histogram histogram;
    histogram.sample_sum = metric.value;
    for (qsizetype i = 0; i < metric.counts.size(); ++i) {
        histogram.sample_count += metric.counts[i];
        const double bound =
            i < metric.bounds.size() ? metric.bounds[i] : std::numeric_limits<double>::infinity();
        histogram.bucket.push_back({histogram.sample_count, bound});
    }
    return histogram;
}

} // namespace

QByteArray prometheusText(const QList<Metric> &metrics)
{
    std::vector<prometheus::MetricFamily> families;
    for (const auto &metric : metrics) {
        if (families.empty() || families.back().name != metric.name.toStdString())
            families.push_back({metric.name.toStdString(), metric.help.toStdString(), typeOf(metric), {}});
        prometheus::ClientMetric sample;
        for (const auto &[name, value] : metric.labels)
            sample.label.push_back({name.toStdString(), value.toStdString()});
        if (metric.type == Metric::Type::Counter)
            sample.counter.value = metric.value;
        else if (metric.type == Metric::Type::Gauge)
            sample.gauge.value = metric.value;
        else
            sample.histogram = histogramOf(metric);
        families.back().metric.push_back(std::move(sample));
    }
    return QByteArray::fromStdString(prometheus::TextSerializer().Serialize(families));
}

} // namespace Hubbub
