// SPDX-License-Identifier: MIT
#include "server-lite/load/report.h"

#include "server-lite/load/options.h"
#include "server-lite/load/outcome.h"

#include <QtCore/QTextStream>

namespace Load
{

using namespace Qt::StringLiterals;

namespace
{

QString time(double microseconds)
{
    if (microseconds < 1'000)
        return u"%1 us"_s.arg(microseconds, 0, 'f', microseconds < 10 ? 1 : 0);
    if (microseconds < 1e6)
        return u"%1 ms"_s.arg(microseconds / 1e3, 0, 'f', microseconds < 1e5 ? 2 : 0);
    return u"%1 s"_s.arg(microseconds / 1e6, 0, 'f', 2);
}

/// 1234567 as "1 234 567"
QString number(std::uint64_t value)
{
    QString text = QString::number(value);
    for (qsizetype at = text.size() - 3; at > 0; at -= 3)
        text.insert(at, u' ');
    return text;
}

QString rate(double perSecond)
{
    return perSecond < 10 ? QString::number(perSecond, 'f', 2) : number(std::uint64_t(perSecond + 0.5));
}

QString percent(double share)
{
    return u"%1 %"_s.arg(100 * share, 0, 'f', 0);
}

QString operationsOf(Kind scenario)
{
    switch (scenario) {
    case Kind::Connect:
    case Kind::Churn:
        return u"joins"_s;
    case Kind::Idle:
        return u"connections"_s;
    case Kind::Echo:
        return u"acks"_s;
    case Kind::Broadcast:
    case Kind::Rooms:
        return u"deliveries"_s;
    }
    return {};
}

QString quantiles(const Histogram &histogram)
{
    return u"p50 %1   p90 %2   p99 %3   p99.9 %4   max %5"_s.arg(
        time(histogram.quantile(0.5)), time(histogram.quantile(0.9)), time(histogram.quantile(0.99)),
        time(histogram.quantile(0.999)), time(histogram.max()));
}

void tellServer(QTextStream &out, const Options &options, const Figures &all)
{
    if (!all.before || !all.after)
        return;
    out << "  server      ";
    if (options.scenario == Kind::Idle)
        out << u"%1 KiB a connection, "_s.arg(all.serverKibEach(), 0, 'f', 2);
    else
        out << u"%1 us of processor time each, %2 of a core, "_s.arg(all.serverMicrosecondsEach(), 0, 'f', 2)
                   .arg(percent(all.seconds > 0 ? all.serverSeconds() / all.seconds : 0));
    out << u"%1 MiB resident\n"_s.arg(all.after->residentKib / 1024, 0, 'f', 1);
}

void tellSteps(QTextStream &out, const std::vector<Figures> &steps)
{
    out << "\n    clients    a second       p50       p99     p99.9       max\n";
    for (const Figures &step : steps) {
        out << number(step.clients).rightJustified(11) << rate(step.perSecond()).rightJustified(12);
        for (const double share : {0.5, 0.99, 0.999})
            out << time(step.latency.quantile(share)).rightJustified(10);
        out << time(step.latency.max()).rightJustified(10) << '\n';
    }
}

void tellTable(QTextStream &out, const Histogram &latency)
{
    out << "\n   up to        share of all       count\n";
    for (const auto &row : latency.table())
        out << time(row.microseconds).rightJustified(11)
            << u"%1 %"_s.arg(100 * row.share, 0, 'f', 5).rightJustified(16)
            << number(row.count).rightJustified(12) << '\n';
}

} // namespace

QString report(const Options &options, const Outcome &outcome)
{
    QString text;
    QTextStream out(&text);
    const Figures &all = outcome.all;
    out << scenarioName(options.scenario) << " by " << wayName(options.way) << " at "
        << QString::fromStdString(options.url) << ", namespace " << QString::fromStdString(options.nsp)
        << (outcome.wasInterrupted ? ", interrupted" : "") << '\n';
    if (options.insecure)
        out << "  INSECURE    nobody checked who answers: --insecure\n";
    if (outcome.connects.count()) {
        out << "  joined      " << number(outcome.connects.count());
        if (outcome.joinSeconds > 0 && options.scenario != Kind::Churn)
            out << u" in %1 s"_s.arg(outcome.joinSeconds, 0, 'f', 2);
        out << ": " << quantiles(outcome.connects) << '\n';
    }
    if (!outcome.steps.empty()) {
        out << "  measured    " << number(all.operations) << ' ' << operationsOf(options.scenario)
            << u" in %1 s"_s.arg(all.seconds, 0, 'f', 2);
        if (options.scenario != Kind::Idle)
            out << ", " << rate(all.perSecond()) << " a second";
        out << '\n';
        if (all.latency.count())
            out << "  latency     " << quantiles(all.latency) << '\n';
        tellServer(out, options, all);
        out << "  generator   " << percent(all.generatorBusy()) << " of a core\n";
        if (outcome.steps.size() > 1)
            tellSteps(out, outcome.steps);
        if (options.table && all.latency.count())
            tellTable(out, all.latency);
    }
    if (outcome.generatorIsBottleneck)
        out << "  note        the generator was busier than the server: the server can do more\n";
    for (const auto &[why, clients] : outcome.whyLost)
        out << "  lost        " << clients << (clients == 1 ? " client: " : " clients: ")
            << QString::fromStdString(why) << '\n';
    if (!outcome.complaint.empty())
        out << "  problem     " << QString::fromStdString(outcome.complaint) << '\n';
    return text;
}

} // namespace Load
