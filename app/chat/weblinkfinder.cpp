// SPDX-License-Identifier: MIT
#include "app/chat/weblinkfinder.h"

#include <QtCore/QUrl>

#include <algorithm>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

namespace
{

constexpr QStringView trailing = u".,;:!?'*";

bool isAsciiWord(char32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Turns the order of what stands after it, as far as the end of the message.
bool isBidiControl(QChar c)
{
    return (c >= u'\u202A' && c <= u'\u202E') || (c >= u'\u2066' && c <= u'\u2069');
}

bool isRightToLeft(char32_t c)
{
    const QChar::Direction direction = QChar::direction(c);
    return direction == QChar::DirR || direction == QChar::DirAL || direction == QChar::DirAN;
}

/// Letters by their class, but nothing of them is seen.
bool isBlankLetter(char32_t c)
{
    return c == 0x034F || c == 0x115F || c == 0x1160 || (c >= 0x180B && c <= 0x180F) || c == 0x3164
           || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFFA0 || (c >= 0xE0100 && c <= 0xE01EF);
}

/// Seen as a slash, a backslash, a dot or an at sign, which decide where a host ends.
bool isLookalike(char32_t c)
{
    return c < 0x10000
           && u"\u2044\u2215\u29F8\uFF0F\uFF3C\uFE68\u2024\uFF0E\uFE52\uFF20\uFE6B"_s.contains(
               QChar(char16_t(c)));
}

/// Ends an address and spoils it: what is seen there is not what a browser would make of it.
bool isTreacherous(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
        return !QChar::isSpace(c);
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
        return true;
    default:
        return c == '\\' || isLookalike(c) || isBlankLetter(c) || isRightToLeft(c);
    }
}

bool mayStandInAddress(char32_t c)
{
    if (c < 0x80)
        return c > ' ' && c < 0x7F && !u"<>\"\\`{}|^"_s.contains(QChar(char16_t(c)));
    return (QChar::isLetterOrNumber(c) || QChar::isMark(c)) && !isTreacherous(c);
}

bool isHostName(QStringView host)
{
    const auto labels = host.split(u'.');
    return host.size() <= 253 && std::all_of(labels.begin(), labels.end(), [](QStringView label) {
               return !label.isEmpty() && label.size() <= 63 && !label.startsWith(u'-')
                      && !label.endsWith(u'-') && std::all_of(label.begin(), label.end(), [](QChar c) {
                             return isAsciiWord(c.unicode()) || c == u'-';
                         });
           });
}

} // namespace

QList<WebLink> WebLinkFinder::linksIn(const QString &text)
{
    WebLinkFinder finder(text);
    finder.find();
    return finder.m_links;
}

bool WebLinkFinder::isAddress(const QString &text)
{
    const QList<WebLink> links = linksIn(text);
    return links.size() == 1 && links.first().address == text;
}

WebLinkFinder::WebLinkFinder(QStringView text)
    : m_text(text.left(MostScanned))
    , m_cut(text.size() > MostScanned)
{
}

void WebLinkFinder::find()
{
    if (std::any_of(m_text.begin(), m_text.end(), isBidiControl))
        return;
    for (qsizetype at = 0; at < m_text.size() && m_links.size() < MostLinks;) {
        const qsizetype scheme = schemeAt(at);
        at = scheme > 0 ? afterLink(at, scheme) : at + 1;
    }
}

qsizetype WebLinkFinder::schemeAt(qsizetype at) const
{
    const QChar first = m_text[at].toLower();
    if (first != u'h' && first != u'w')
        return 0;
    const char32_t before = at > 0 ? m_text[at - 1].unicode() : U' ';
    const bool bare = first == u'w';
    const QStringView joining = bare ? u"+-.@\\/:" : u"+-.@\\"; // of a longer address, or of another scheme
    if (isAsciiWord(before) || joining.contains(QChar(char16_t(before))))
        return 0;
    const QStringView rest = m_text.mid(at, 8);
    for (const QStringView scheme :
         {QStringView(u"https://"), QStringView(u"http://"), QStringView(u"www.")}) {
        if (rest.startsWith(scheme, Qt::CaseInsensitive))
            return scheme.size();
    }
    return 0;
}

qsizetype WebLinkFinder::afterLink(qsizetype start, qsizetype scheme)
{
    const bool bare = scheme == 4;
    const qsizetype hostStart = bare ? start : start + scheme;
    const qsizetype run = endOfRun(hostStart);
    const bool spoilt = run < m_text.size() ? isTreacherous(at(run)) : m_cut;
    const qsizetype end = spoilt ? start : withoutTrailing(hostStart, run);
    const qsizetype authority = spoilt ? start : endOfAuthority(hostStart, end);
    if (authority <= hostStart)
        return endOfWord(run);
    const bool goesOn = authority < end && u"/?#"_s.contains(m_text[authority]);
    return take(start, goesOn ? end : authority, bare) ? (goesOn ? end : authority) : endOfWord(run);
}

qsizetype WebLinkFinder::endOfRun(qsizetype from) const
{
    while (from < m_text.size() && mayStandInAddress(at(from)))
        from += QChar::requiresSurrogates(at(from)) ? 2 : 1;
    return from;
}

qsizetype WebLinkFinder::endOfWord(qsizetype from) const
{
    while (from < m_text.size() && !m_text[from].isSpace())
        ++from;
    return from;
}

/// What closes a sentence or a bracket that was opened before the address belongs to the text around it.
qsizetype WebLinkFinder::withoutTrailing(qsizetype start, qsizetype end) const
{
    const QStringView run = m_text.mid(start, end - start);
    qsizetype round = run.count(u')') - run.count(u'(');
    qsizetype square = run.count(u']') - run.count(u'[');
    for (; end > start; --end) {
        const QChar last = m_text[end - 1];
        if (last == u')' && round > 0)
            --round;
        else if (last == u']' && square > 0)
            --square;
        else if (!trailing.contains(last))
            break;
    }
    return end;
}

/// Where host and port end, or `start` if they are none, or none that can be trusted to be what they look
/// like.
qsizetype WebLinkFinder::endOfAuthority(qsizetype start, qsizetype end) const
{
    const auto isOneOf = [](QStringView set) { return [set](QChar c) { return set.contains(c); }; };
    const auto first = m_text.begin() + start;
    const auto last = m_text.begin() + end;
    const auto whole = std::find_if(first, last, isOneOf(u"/?#"));
    if (std::find(first, whole, u'@') != whole)
        return start;
    const auto stop = std::find_if(first, whole, isOneOf(u",;!'()*")); // lawful in a host, but nobody's
    const QStringView authority = m_text.mid(start, stop - first);
    const bool numeric = authority.startsWith(u'['); // IPv6
    const qsizetype colon =
        authority.indexOf(u':', numeric ? std::max<qsizetype>(0, authority.indexOf(u']')) : 0);
    const QStringView host = colon < 0 ? authority : authority.left(colon);
    const QStringView port = colon < 0 ? QStringView(u"80") : authority.mid(colon + 1);
    const bool portFits =
        !port.isEmpty() && port.size() <= 5
        && std::all_of(port.begin(), port.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    return portFits && (numeric || isHostName(host)) ? start + authority.size() : start;
}

bool WebLinkFinder::take(qsizetype start, qsizetype end, bool bare)
{
    const QString shown = m_text.mid(start, end - start).toString();
    const QString address = bare ? u"https://"_s + shown : shown;
    if (address.size() > LongestLink)
        return false;
    // A second opinion: Qt's own reading of it has to lead to the host that is seen.
    const QUrl url(address, QUrl::StrictMode);
    const QString scheme = url.scheme();
    const QString host = url.host(QUrl::FullyEncoded);
    const QString origin = scheme + (host.contains(u':') ? u"://["_s + host + u']' : u"://"_s + host);
    const bool isSame = address.startsWith(origin, Qt::CaseInsensitive)
                        && (address.size() == origin.size() || u":/?#"_s.contains(address[origin.size()]));
    if (!url.isValid() || host.isEmpty() || !isSame || !url.userInfo().isEmpty()
        || (bare && host.count(u'.') < 2))
        return false;
    m_links.append({start, end - start, address});
    return true;
}

char32_t WebLinkFinder::at(qsizetype at) const
{
    const QChar c = m_text[at];
    const bool pair = c.isHighSurrogate() && at + 1 < m_text.size() && m_text[at + 1].isLowSurrogate();
    return pair ? QChar::surrogateToUcs4(c, m_text[at + 1]) : c.unicode();
}

} // namespace Hubbub::App
