// SPDX-License-Identifier: MIT
#include "server-lite/metrics/prometheustext.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

namespace Hubbub
{

QByteArray prometheusText(const QList<Metric> &metrics)
{
    std::vector<prometheus::MetricFamily> families;
    for (const auto &metric : metrics) {
        const bool isCounter = metric.type == Metric::Type::Counter;
        if (families.empty() || families.back().name != metric.name.toStdString()) {
            const auto type = isCounter ? prometheus::MetricType::Counter : prometheus::MetricType::Gauge;
            families.push_back({metric.name.toStdString(), metric.help.toStdString(), type, {}});
        }
        prometheus::ClientMetric sample;
        for (const auto &[name, value] : metric.labels)
            sample.label.push_back({name.toStdString(), value.toStdString()});
        (isCounter ? sample.counter.value : sample.gauge.value) = metric.value;
        families.back().metric.push_back(std::move(sample));
    }
    return QByteArray::fromStdString(prometheus::TextSerializer().Serialize(families));
}

} // namespace Hubbub
