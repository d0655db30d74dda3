// SPDX-License-Identifier: MIT
#include "server-lite/load/resultjson.h"

#include "server-lite/load/options.h"
#include "server-lite/load/outcome.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

#include <cmath>
#include <cstdio>

namespace Load
{

using namespace Qt::StringLiterals;

namespace
{

double rounded(double value)
{
    return std::round(value * 1'000) / 1'000;
}

QJsonObject quantiles(const Histogram &histogram)
{
    return {{u"min"_s, rounded(histogram.min())},
            {u"p50"_s, rounded(histogram.quantile(0.5))},
            {u"p90"_s, rounded(histogram.quantile(0.9))},
            {u"p99"_s, rounded(histogram.quantile(0.99))},
            {u"p999"_s, rounded(histogram.quantile(0.999))},
            {u"max"_s, rounded(histogram.max())},
            {u"count"_s, qint64(histogram.count())}};
}

QJsonObject server(const Options &options, const Figures &figures)
{
    return {{u"busy"_s, rounded(figures.seconds > 0 ? figures.serverSeconds() / figures.seconds : 0)},
            {u"microsecondsPerOperation"_s, rounded(figures.serverMicrosecondsEach())},
            {u"residentKibBefore"_s, std::round(figures.before->residentKib)},
            {u"residentKibAfter"_s, std::round(figures.after->residentKib)},
            {u"kibPerConnection"_s, options.scenario == Kind::Idle ? rounded(figures.serverKibEach()) : 0.0}};
}

QJsonObject figuresJson(const Options &options, const Figures &figures)
{
    QJsonObject json{{u"joined"_s, qint64(figures.clients)},
                     {u"seconds"_s, rounded(figures.seconds)},
                     {u"operations"_s, qint64(figures.operations)},
                     {u"perSecond"_s, rounded(figures.perSecond())},
                     {u"latencyMicroseconds"_s, quantiles(figures.latency)},
                     {u"generatorBusy"_s, rounded(figures.generatorBusy())}};
    if (figures.before && figures.after)
        json[u"server"_s] = server(options, figures);
    return json;
}

} // namespace

QJsonObject resultJson(const Options &options, const Outcome &outcome)
{
    QJsonObject json = figuresJson(options, outcome.all);
    json[u"url"_s] = QString::fromStdString(options.url);
    json[u"insecure"_s] = options.insecure;
    json[u"namespace"_s] = QString::fromStdString(options.nsp);
    json[u"scenario"_s] = QString::fromLatin1(scenarioName(options.scenario));
    json[u"transport"_s] = QString::fromLatin1(wayName(options.way));
    json[u"clients"_s] = options.clients;
    json[u"payloadBytes"_s] = qint64(options.payload);
    json[u"inFlight"_s] = options.inFlight;
    json[u"offeredPerSecond"_s] = options.rate;
    json[u"joinSeconds"_s] = rounded(outcome.joinSeconds);
    json[u"connectMicroseconds"_s] = quantiles(outcome.connects);
    json[u"generatorIsBottleneck"_s] = outcome.generatorIsBottleneck;
    json[u"interrupted"_s] = outcome.wasInterrupted;
    json[u"problem"_s] = QString::fromStdString(outcome.complaint);
    json[u"lostClients"_s] = qint64(outcome.lost);
    QJsonObject why;
    for (const auto &[sentence, clients] : outcome.whyLost)
        why[QString::fromStdString(sentence)] = qint64(clients);
    json[u"whyLost"_s] = why;
    QJsonArray steps;
    for (const Figures &step : outcome.steps)
        steps.append(figuresJson(options, step));
    json[u"steps"_s] = steps;
    QJsonArray distribution;
    for (const auto &row : outcome.all.latency.table())
        distribution.append(QJsonObject{{u"share"_s, row.share},
                                        {u"microseconds"_s, rounded(row.microseconds)},
                                        {u"count"_s, qint64(row.count)}});
    json[u"distribution"_s] = distribution;
    return json;
}

Hubbub::Result<void> writeResult(const Options &options, const Outcome &outcome)
{
    if (options.json.empty())
        return {};
    const QByteArray text = QJsonDocument(resultJson(options, outcome)).toJson(QJsonDocument::Indented);
    const auto name = QString::fromStdString(options.json);
    QFile file(name);
    const bool isOpen = name == "-"_L1 ? file.open(stdout, QIODevice::WriteOnly)
                                       : file.open(QIODevice::WriteOnly | QIODevice::Truncate);
    if (!isOpen || file.write(text) != text.size() || !file.flush())
        return Hubbub::failure(u"not-written"_s,
                               u"Cannot write the result to %1: %2."_s.arg(name, file.errorString()));
    return {};
}

} // namespace Load
