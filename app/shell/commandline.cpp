// SPDX-License-Identifier: MIT
#include "app/shell/commandline.h"

#include <QtCore/QCommandLineParser>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

namespace
{

std::optional<QSize> readSize(const QString &text)
{
    bool okWidth = false;
    bool okHeight = false;
    const QSize size(text.section(u'x', 0, 0).toInt(&okWidth), text.section(u'x', 1).toInt(&okHeight));
    const bool sane =
        size.width() >= 200 && size.height() >= 200 && size.width() <= 8192 && size.height() <= 8192;
    return okWidth && okHeight && sane ? std::optional(size) : std::nullopt;
}

std::optional<Settings::Theme> readTheme(const QString &text)
{
    return text == "light"_L1  ? std::optional(Settings::Light)
           : text == "dark"_L1 ? std::optional(Settings::Dark)
                               : std::nullopt;
}

} // namespace

Result<CommandLine> CommandLine::parse(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Chat, operator console and LAN host for Socket.IO."_s);
    const QCommandLineOption help({u"h"_s, u"help"_s}, u"Show this help."_s);
    const QCommandLineOption version({u"v"_s, u"version"_s}, u"Show the version."_s);
    const QCommandLineOption demo(u"demo"_s, u"Show the app at work, with made-up rooms and people."_s);
    const QCommandLineOption profile(u"profile-dir"_s, u"Keep settings and messages in this folder."_s,
                                     u"DIR"_s);
    const QCommandLineOption hostNow(u"host-now"_s, u"Host a room at once, and print its address."_s);
    const QCommandLineOption port(u"port"_s, u"The port to host on."_s, u"P"_s);
    const QCommandLineOption room(u"room"_s, u"The name of the hosted room."_s, u"NAME"_s);
    const QCommandLineOption connectTo(u"connect"_s, u"Connect to a server."_s, u"URL"_s);
    const QCommandLineOption name(u"name"_s, u"The name others see."_s, u"NAME"_s);
    const QCommandLineOption theme(u"theme"_s, u"light or dark, for this run."_s, u"THEME"_s);
    const QCommandLineOption size(u"size"_s, u"The window's size."_s, u"WxH"_s);
    const QCommandLineOption page(
        u"page"_s, u"Begin on this page: chat, console, host, settings or connect."_s, u"NAME"_s);
    const QCommandLineOption screenshot(u"screenshot"_s, u"Save a picture of the window, and leave."_s,
                                        u"FILE"_s);
    const QCommandLineOption software(u"software"_s, u"Draw without the graphics card."_s);
    const QCommandLineOption rightToLeft(u"right-to-left"_s, u"Lay the window out from right to left."_s);
    parser.addOptions({help, version, demo, profile, hostNow, port, room, connectTo, name, theme, size, page,
                       screenshot, software, rightToLeft});
    const auto bad = [](const QString &sentence) { return failure(u"bad-option"_s, sentence); };
    if (!parser.parse(arguments))
        return bad(parser.errorText());
    if (!parser.positionalArguments().isEmpty())
        return bad(u"Unknown argument '%1'."_s.arg(parser.positionalArguments().first()));

    CommandLine line;
    if (parser.isSet(version))
        line.answer = u"hubbub "_s + QStringLiteral(HUBBUB_VERSION) + u'\n';
    if (parser.isSet(help))
        line.answer = parser.helpText().replace("<executable_name>"_L1, "hubbub"_L1);
    line.demo = parser.isSet(demo);
    line.profileDir = parser.value(profile);
    line.hostNow = parser.isSet(hostNow);
    line.room = parser.value(room);
    line.connectTo = parser.value(connectTo);
    line.name = parser.value(name);
    line.page = parser.value(page);
    line.screenshot = parser.value(screenshot);
    line.software = parser.isSet(software);
    line.rightToLeft = parser.isSet(rightToLeft);
    if (parser.isSet(port)) {
        bool isNumber = false;
        line.port = parser.value(port).toInt(&isNumber);
        if (!isNumber || line.port < 0 || line.port > 65535)
            return bad(u"--port takes a number from 0 to 65535."_s);
    }
    if (parser.isSet(theme) && !(line.theme = readTheme(parser.value(theme))))
        return bad(u"--theme takes light or dark."_s);
    if (parser.isSet(size) && !(line.size = readSize(parser.value(size))))
        return bad(u"--size takes a width and a height, such as 1280x800."_s);
    return line;
}

} // namespace Hubbub::App
