// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QList>
#include <QtCore/QString>

class QCommandLineParser;

/// The options of hubbub-server, once: for the parser, the help and the configuration file. Thread: any.
namespace Hubbub::OptionTable
{

struct Option {
    QString group;
    QString name; ///< also its key in the configuration file
    QString value; ///< what its value is called in the help; empty for a switch
    QString description;
    QString defaultValue; ///< for the help only; empty if there is none worth telling
    bool inFile = true; ///< may stand in the configuration file
};

const QList<Option> &options();
void addTo(QCommandLineParser &parser);
QString help();

} // namespace Hubbub::OptionTable
