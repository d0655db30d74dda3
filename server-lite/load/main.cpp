// SPDX-License-Identifier: MIT
#include "server-lite/load/commandline.h"
#include "server-lite/load/interruption.h"
#include "server-lite/load/report.h"
#include "server-lite/load/resultjson.h"
#include "server-lite/load/run.h"

#include <cstdio>

int main(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    const auto line = Load::CommandLine::parse(arguments);
    if (!line) {
        std::fprintf(stderr, "hubbub-load: %s\n", qPrintable(line.error().message));
        return Load::Outcome::WrongOptions;
    }
    if (line->action != Load::CommandLine::Action::Run) {
        std::fputs(line->action == Load::CommandLine::Action::ShowHelp
                       ? qUtf8Printable(Load::CommandLine::help())
                       : "hubbub-load " HUBBUB_VERSION "\n",
                   stdout);
        return Load::Outcome::Well;
    }
    const Load::Options &options = line->options;
    if (options.insecure)
        std::fputs(
            "hubbub-load: INSECURE: --insecure does not check the server's certificate, so anybody may be "
            "answering\n",
            stderr);
    Load::Interruption::watch();
    Load::Run run(options);
    const Load::Outcome outcome = run.run();
    const QString report = Load::report(options, outcome);
    // What went wrong goes where people see it although the result goes elsewhere.
    const bool isJsonOnly = options.json == "-";
    const auto code = outcome.exitCode();
    if (!isJsonOnly || code != Load::Outcome::Well)
        std::fputs(qUtf8Printable(report),
                   isJsonOnly || code == Load::Outcome::NobodyJoined ? stderr : stdout);
    std::fflush(stdout);
    if (const auto written = Load::writeResult(options, outcome); !written) {
        std::fprintf(stderr, "hubbub-load: %s\n", qPrintable(written.error().message));
        return Load::Outcome::SomethingLost;
    }
    return code;
}
