// SPDX-License-Identifier: MIT
#include "server-lite/cli/logoutput.h"

#include "server-lite/middleware/redaction.h"

#include <QtCore/QDateTime>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QRegularExpression>

#include <cstdio>

namespace Hubbub::LogOutput
{

using namespace Qt::StringLiterals;

namespace
{

Format chosenFormat = Format::Text; // set before there are threads

QLatin1StringView levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug"_L1;
    case QtInfoMsg:
        return "info"_L1;
    case QtWarningMsg:
        return "warning"_L1;
    case QtCriticalMsg:
    case QtFatalMsg:
        return "error"_L1;
    }
    Q_UNREACHABLE();
}

/// Word by word, so that the rest of the sentence still helps.
QString redacted(const QString &message)
{
    static const QRegularExpression word(u"[^\\s\"',;=]+"_s);
    QString text;
    qsizetype end = 0;
    for (auto found = word.globalMatch(message); found.hasNext();) {
        const auto match = found.next();
        text += QStringView(message).mid(end, match.capturedStart() - end);
        text += Redaction::value(match.captured()).toString();
        end = match.capturedEnd();
    }
    text += QStringView(message).mid(end);
    return text;
}

void handle(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const auto text = line(chosenFormat, type, context.category, message);
    std::fwrite(text.constData(), 1, size_t(text.size()), stderr); // whole lines: the stream has a lock
    if (type == QtFatalMsg)
        std::abort();
}

QString rulesFor(Level level)
{
    if (level == Level::Notice)
        return {}; // as each part of the program has it
    const auto rule = [level](const char *name, Level from) {
        return u"hubbub.*.%1=%2\n"_s.arg(QLatin1StringView(name), level >= from ? u"true"_s : u"false"_s);
    };
    return rule("debug", Level::Debug) + rule("info", Level::Info) + rule("warning", Level::Warning);
}

} // namespace

void install(Format format, Level level)
{
    chosenFormat = format;
    QLoggingCategory::setFilterRules(rulesFor(level));
    qInstallMessageHandler(&handle);
}

QByteArray line(Format format, QtMsgType type, const char *category, const QString &message)
{
    const auto time = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
    const auto where = QString::fromLatin1(category ? category : "default");
    const auto text = redacted(message);
    if (format == Format::Text)
        return u"%1 %2 %3: %4\n"_s.arg(time, levelName(type), where, text).toUtf8();
    return QJsonDocument(QJsonObject{{u"time"_s, time},
                                     {u"level"_s, QString(levelName(type))},
                                     {u"category"_s, where},
                                     {u"message"_s, text}})
               .toJson(QJsonDocument::Compact)
           + '\n';
}

} // namespace Hubbub::LogOutput
