// SPDX-License-Identifier: MIT
#include "app/chat/linkedtext.h"
#include "app/chat/weblinkfinder.h"
#include "app/shell/browser.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QUrl>
#include <QtQml/QQmlComponent>
#include <QtQml/QQmlEngine>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace Hubbub::App;

namespace
{

QStringList addresses(const QList<WebLink> &links)
{
    QStringList addresses;
    for (const WebLink &link : links)
        addresses.append(link.address);
    return addresses;
}

} // namespace

class TestWebLinks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void finds_data();
    void finds();
    void leavesPlain_data();
    void leavesPlain();
    void linksOfOneMessageAreBounded();
    void floodsOfCandidates();
    void nothingIsReadAsMarkup_data();
    void nothingIsReadAsMarkup();
    void linksAreCalledByNumber();
    void browserOpensWebAddressesOnly_data();
    void browserOpensWebAddressesOnly();
};

void TestWebLinks::finds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("links");
    const auto row = [](const char *name, const QString &text, const QStringList &links) {
        QTest::newRow(name) << text << links;
    };
    row("alone", u"https://example.org"_s, {u"https://example.org"_s});
    row("http", u"http://example.org/"_s, {u"http://example.org/"_s});
    row("capitals", u"HTTPS://Example.ORG/Path"_s, {u"HTTPS://Example.ORG/Path"_s});
    row("in a sentence", u"See https://example.org/a, please."_s, {u"https://example.org/a"_s});
    row("full stop", u"It is https://example.org."_s, {u"https://example.org"_s});
    row("question", u"Was it https://example.org/a?b=c?"_s, {u"https://example.org/a?b=c"_s});
    row("dots and marks", u"https://example.org/a...!?"_s, {u"https://example.org/a"_s});
    row("colon", u"https://example.org: the page"_s, {u"https://example.org"_s});
    row("in brackets", u"(see https://example.org/a)"_s, {u"https://example.org/a"_s});
    row("in brackets with a full stop", u"(https://example.org/a.)."_s, {u"https://example.org/a"_s});
    row("brackets of its own", u"https://en.wikipedia.org/wiki/Qt_(software)"_s,
        {u"https://en.wikipedia.org/wiki/Qt_(software)"_s});
    row("brackets of its own in brackets", u"(https://en.wikipedia.org/wiki/Qt_(software))"_s,
        {u"https://en.wikipedia.org/wiki/Qt_(software)"_s});
    row("square brackets", u"[https://example.org/a]"_s, {u"https://example.org/a"_s});
    row("angle brackets", u"<https://example.org/a>"_s, {u"https://example.org/a"_s});
    row("curly brackets", u"{https://example.org/a}"_s, {u"https://example.org/a"_s});
    row("quotes", u"\"https://example.org/a\", 'https://example.org/b', “https://example.org/c”"_s,
        {u"https://example.org/a"_s, u"https://example.org/b"_s, u"https://example.org/c"_s});
    row("stars and ticks", u"*https://example.org/a* `https://example.org/b`"_s,
        {u"https://example.org/a"_s, u"https://example.org/b"_s});
    row("two lines", u"https://example.org/a\nhttps://example.org/b"_s,
        {u"https://example.org/a"_s, u"https://example.org/b"_s});
    row("comma between", u"https://example.org,http://example.net"_s,
        {u"https://example.org"_s, u"http://example.net"_s});
    row("tab before", u"\thttps://example.org"_s, {u"https://example.org"_s});
    row("port", u"http://localhost:8080/rooms"_s, {u"http://localhost:8080/rooms"_s});
    row("IPv4", u"http://192.168.1.20:3000"_s, {u"http://192.168.1.20:3000"_s});
    row("IPv6", u"http://[2001:db8::1]:80/"_s, {u"http://[2001:db8::1]:80/"_s});
    row("query and fragment", u"https://example.org?a=1&b=%20#top"_s,
        {u"https://example.org?a=1&b=%20#top"_s});
    row("at sign in the path", u"https://example.org/@ana/1"_s, {u"https://example.org/@ana/1"_s});
    row("address in an address", u"https://web.archive.org/web/2024/https://example.org/"_s,
        {u"https://web.archive.org/web/2024/https://example.org/"_s});
    row("letters beyond ASCII in the path", u"https://de.wikipedia.org/wiki/Köln."_s,
        {u"https://de.wikipedia.org/wiki/Köln"_s});
    row("behind letters of another script", u"请看https://example.org/a。"_s, {u"https://example.org/a"_s});
    row("behind a right-to-left word", u"שלום https://example.org/a"_s, {u"https://example.org/a"_s});
    row("punycode is shown as it is", u"https://xn--mnchen-3ya.de/"_s, {u"https://xn--mnchen-3ya.de/"_s});
    row("emoji behind", u"https://example.org/a😀"_s, {u"https://example.org/a"_s});
    row("bare www", u"Go to www.example.org/a, then"_s, {u"https://www.example.org/a"_s});
    row("bare www in capitals", u"WWW.EXAMPLE.ORG"_s, {u"https://WWW.EXAMPLE.ORG"_s});
}

void TestWebLinks::finds()
{
    QFETCH(QString, text);
    QFETCH(QStringList, links);
    const QList<WebLink> found = WebLinkFinder::linksIn(text);
    QCOMPARE(addresses(found), links);
    for (const WebLink &link : found) {
        const QString shown = text.mid(link.start, link.length);
        QVERIFY2(link.address == shown || link.address == u"https://"_s + shown, qPrintable(shown));
        QVERIFY(WebLinkFinder::isAddress(link.address));
        QVERIFY(QUrl(link.address, QUrl::StrictMode).isValid());
    }
}

void TestWebLinks::leavesPlain_data()
{
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const QString &text) { QTest::newRow(name) << text; };
    row("nothing", u""_s);
    row("words", u"who went home at half past https"_s);
    row("scheme alone", u"https:// and http://"_s);
    row("no host", u"https:///path http://?q http://#f http://.. http://:80/"_s);
    row("javascript", u"javascript:alert(1)"_s);
    row("file", u"file:///etc/passwd"_s);
    row("other schemes", u"ftp://example.org ssh://example.org data:text/html,x mailto:a@example.org"_s);
    row("scheme within a scheme", u"git+https://example.org/a"_s);
    row("scheme within a word", u"xhttps://example.org"_s);
    row("mail to www", u"ana@www.example.org"_s);
    row("www of another scheme", u"ftp://www.example.org"_s);
    row("www without a site", u"www. www.example www.."_s);
    row("userinfo", u"https://bank.example@evil.example/"_s);
    row("userinfo with a password", u"https://bank.example:443@evil.example/"_s);
    row("userinfo with a path look", u"https://bank.example%2Faccount@evil.example/"_s);
    row("userinfo behind a full-width slash", u"https://bank.example／@evil.example/"_s);
    row("backslash", u"https://bank.example\\@evil.example/"_s);
    row("backslash in the path", u"https://bank.example/a\\b"_s);
    row("right-to-left override", u"https://example.org/\u202Egpj.exe"_s);
    row("override before", u"\u202Ehttps://example.org/a"_s);
    row("override earlier in the message", u"\u202Eabc\ndef https://example.org/a"_s);
    row("isolate earlier in the message", u"\u2067abc https://example.org/a"_s);
    row("right-to-left mark within", u"https://example.org/\u200Fa"_s);
    row("right-to-left letters within", u"https://example.org/א/evil"_s);
    row("Arabic digits within", u"https://example.org/\u0661/evil"_s);
    row("zero-width space in the host", u"https://exa\u200Bmple.org"_s);
    row("zero-width joiner at the end", u"https://example.org\u200D"_s);
    row("soft hyphen", u"https://exam\u00ADple.org"_s);
    row("byte order mark", u"https://example.org/\uFEFFa"_s);
    row("blank letter", u"https://example.org/\u3164a"_s);
    row("variation selector", u"https://example.org/a\uFE00b"_s);
    row("control character", u"https://example.org/\u0007a"_s);
    row("NUL", u"https://example.org/"_s + QChar() + u"a"_s);
    row("delete", u"https://example.org/\u007Fa"_s);
    row("lone surrogate", u"https://example.org/"_s + QChar(0xD800) + u"a"_s);
    row("private use", u"https://example.org/\uE000a"_s);
    row("lookalike letters in the host", u"https://ex\u0430mple.org"_s);
    row("letters beyond ASCII behind the host", u"https://example.org谢谢"_s);
    row("full-width dot", u"https://example．org/"_s);
    row("fraction slash", u"https://bank.example⁄.evil.example/"_s);
    row("percent in the host", u"https://example%2Eorg/"_s);
    row("odd signs in the host", u"https://exa$mple.org/ https://a&b.example/ https://-a.example/"_s);
    row("empty label", u"https://example..org/"_s);
    row("long label", u"https://"_s + QString(64, u'a') + u".org/"_s);
    row("long host", u"https://"_s + QString(127, u'a').replace(u'a', u"a."_s) + u"org/"_s);
    row("port that is none", u"https://example.org:port/ http://example.org:/ http://example.org:123456/"_s);
    row("port too high", u"https://example.org:65536/"_s);
    row("address as one number", u"http://3232235777/"_s);
    row("address in hexadecimal", u"http://0xC0.0xA8.1.1/"_s);
    row("short address", u"http://127.1/"_s);
    row("broken IPv6", u"http://[::1/ http://[::g]/ http://[::1]a/"_s);
    row("broken percent sign", u"https://example.org/100%"_s);
    row("too long", u"https://example.org/"_s + QString(WebLinkFinder::LongestLink, u'a'));
}

void TestWebLinks::leavesPlain()
{
    QFETCH(QString, text);
    QCOMPARE(addresses(WebLinkFinder::linksIn(text)), QStringList());
    QVERIFY(!WebLinkFinder::isAddress(text));
}

void TestWebLinks::linksOfOneMessageAreBounded()
{
    const QString many = u"https://example.org/a "_s.repeated(100);
    QCOMPARE(WebLinkFinder::linksIn(many).size(), WebLinkFinder::MostLinks);
    // What lies beyond the part that is scanned is no link, and a link is not cut there.
    const QString link = u"https://example.org/a"_s;
    const QString far = QString(WebLinkFinder::MostScanned - link.size() + 1, u' ') + link;
    QCOMPARE(addresses(WebLinkFinder::linksIn(far)), QStringList());
    QCOMPARE(addresses(WebLinkFinder::linksIn(far.mid(1))), QStringList{link});
    QCOMPARE(addresses(WebLinkFinder::linksIn(far.mid(2) + u'b')), QStringList{link + u'b'});
    QCOMPARE(addresses(WebLinkFinder::linksIn(far.mid(1) + u'b')), QStringList());
}

/// What looks like a link again and again, and at last is none: all of it is passed over.
void TestWebLinks::floodsOfCandidates()
{
    for (const QString &part :
         {u"https://"_s, u"http://a@"_s, u"www."_s, u"("_s, u"https://a,"_s, u"h"_s, u".)"_s})
        QVERIFY(WebLinkFinder::linksIn(part.repeated(200'000)).size() <= WebLinkFinder::MostLinks);
    QVERIFY(WebLinkFinder::linksIn(u"https://example.org/"_s + u")"_s.repeated(200'000)).isEmpty());
}

void TestWebLinks::nothingIsReadAsMarkup_data()
{
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const QString &text) { QTest::newRow(name) << text; };
    row("a link", u"See https://example.org/a for more."_s);
    row("tags", u"<b>bold</b> <h1>big</h1> https://example.org/a <i>x"_s);
    row("an image", u"https://example.org/a <img src=\"file:///etc/passwd\" width=400 height=300>"_s);
    row("a link of its own", u"<a href=\"https://evil.example\">https://example.org/a</a>"_s);
    row("entities", u"&lt;b&gt; &amp; &nbsp; &quot; &#60; & https://example.org/?a=1&lt;b&amp;c"_s);
    row("ends a tag", u"\"> ' /> --> ]]> https://example.org/a'\">"_s);
    row("spaces", u"a   b  https://example.org/a   c"_s);
    row("indented lines", u"  two\n    four https://example.org/a\n one\n\n\nlast"_s);
    row("space behind a link", u"https://example.org/a \n b"_s);
    row("no-break space", u"a\u00A0\u00A0https://example.org/a"_s);
    row("line separators", u"a\u2028https://example.org/a\u2028b"_s);
    row("emoji", u"😀 https://example.org/a 👩‍👧 <b>"_s);
    row("every printable sign", [] {
        QString all = u"https://example.org/a "_s;
        for (char16_t c = 0x20; c < 0x180; ++c)
            all += c < 0x7F || c > 0xA0 ? QString(QChar(c)) : QString();
        return all;
    }());
}

/// The words with links take the room that the plain words take, line by line: a tag that was heard would
/// show.
void TestWebLinks::nothingIsReadAsMarkup()
{
    QFETCH(QString, text);
    QQmlEngine engine;
    QQmlComponent component(&engine);
    component.setData("import QtQuick\nText { font.family: \"Inter\"; font.pixelSize: 14 }", {});
    const std::unique_ptr<QObject> plain(component.create());
    const std::unique_ptr<QObject> linked(component.create());
    QVERIFY2(plain && linked, qPrintable(component.errorString()));
    plain->setProperty("textFormat", Qt::PlainText);
    linked->setProperty("textFormat", 4); // Text.StyledText
    plain->setProperty("text", text);
    linked->setProperty("text", LinkedText::markup(text));
    QVERIFY(!LinkedText::addresses(text).isEmpty());
    QCOMPARE(linked->property("lineCount"), plain->property("lineCount"));
    QCOMPARE(linked->property("implicitHeight"), plain->property("implicitHeight"));
    QCOMPARE(linked->property("implicitWidth"), plain->property("implicitWidth"));
}

void TestWebLinks::linksAreCalledByNumber()
{
    const QString text = u"<i>www.example.org</i> & https://example.org/?a=1&b=2\n  \"x\""_s + QChar();
    QCOMPARE(LinkedText::addresses(text),
             QStringList({u"https://www.example.org"_s, u"https://example.org/?a=1&b=2"_s}));
    QCOMPARE(LinkedText::markup(text),
             u"&lt;i&gt;<a href=\"0\">www.example.org</a>&lt;/i&gt; &amp; "
             "<a href=\"1\">https://example.org/?a=1&amp;b=2</a><br>&nbsp; \"x\"\uFFFD"_s);
}

void TestWebLinks::browserOpensWebAddressesOnly_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("opens");
    QTest::newRow("https") << u"https://example.org/a?b=c#d"_s << true;
    QTest::newRow("http") << u"http://example.org"_s << true;
    QTest::newRow("nothing") << QString() << false;
    QTest::newRow("a file") << u"file:///etc/passwd"_s << false;
    QTest::newRow("a script") << u"javascript:alert(1)"_s << false;
    QTest::newRow("an option") << u"--help"_s << false;
    QTest::newRow("bare") << u"www.example.org"_s << false;
    QTest::newRow("two") << u"https://example.org https://example.net"_s << false;
    QTest::newRow("with userinfo") << u"https://bank.example@evil.example"_s << false;
    QTest::newRow("with a line end") << u"https://example.org\n"_s << false;
}

void TestWebLinks::browserOpensWebAddressesOnly()
{
    QFETCH(QString, address);
    QFETCH(bool, opens);
    Browser browser(nullptr);
    QSignalSpy opened(&browser, &Browser::opened);
    browser.open(address);
    QCOMPARE(opened.size(), opens ? 1 : 0);
    if (opens)
        QCOMPARE(opened.first().first().toUrl().toString(QUrl::FullyEncoded), address);
}

QTEST_MAIN(TestWebLinks)
#include "tst_weblinks.moc"
