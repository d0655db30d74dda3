// SPDX-License-Identifier: MIT
#include "app/chat/linkedtext.h"

#include "app/chat/weblinkfinder.h"

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

namespace
{

bool isLineEnd(QChar c)
{
    return c == u'\n' || c == QChar::LineSeparator;
}

/// StyledText drops spaces at the start of a line and before others, which plain text keeps.
bool isKeptOnlyAsEntity(QStringView text, qsizetype at)
{
    const bool first = at == 0 || isLineEnd(text[at - 1]);
    const bool last = at + 1 == text.size();
    return first || last || text[at] != u' ' || text[at + 1].isSpace();
}

void appendEscaped(QString &markup, QStringView text, qsizetype from, qsizetype to)
{
    for (qsizetype at = from; at < to; ++at) {
        const QChar c = text[at];
        if (c == u'&')
            markup += "&amp;"_L1;
        else if (c == u'<')
            markup += "&lt;"_L1;
        else if (c == u'>')
            markup += "&gt;"_L1;
        else if (isLineEnd(c))
            markup += "<br>"_L1;
        else if (c.isNull()) // would end the text there
            markup += QChar(QChar::ReplacementCharacter);
        else if (c.isSpace() && isKeptOnlyAsEntity(text, at))
            markup += "&nbsp;"_L1;
        else
            markup += c;
    }
}

} // namespace

QStringList LinkedText::addresses(const QString &text)
{
    QStringList addresses;
    for (const WebLink &link : WebLinkFinder::linksIn(text))
        addresses.append(link.address);
    return addresses;
}

QString LinkedText::markup(const QString &text)
{
    QString markup;
    markup.reserve(text.size() + text.size() / 8);
    qsizetype done = 0;
    int number = 0;
    for (const WebLink &link : WebLinkFinder::linksIn(text)) {
        appendEscaped(markup, text, done, link.start);
        markup += u"<a href=\"%1\">"_s.arg(number++);
        done = link.start + link.length;
        appendEscaped(markup, text, link.start, done);
        markup += "</a>"_L1;
    }
    appendEscaped(markup, text, done, text.size());
    return markup;
}

} // namespace Hubbub::App
