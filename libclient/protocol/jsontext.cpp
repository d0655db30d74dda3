// SPDX-License-Identifier: MIT
#include "libclient/protocol/jsontext.h"

#include "libclient/protocol/plaintext.h"

#include <QtCore/QStringDecoder>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace SocketIo::Json
{

namespace
{

uint hexValue(const char *at)
{
    uint result = 0;
    std::from_chars(at, at + 4, result, 16);
    return result;
}

void appendUtf8(QByteArray &out, uint point)
{
    if (point < 0x80) {
        out += char(point);
        return;
    }
    if (point < 0x800) {
        out += char(0xC0 | (point >> 6));
    } else {
        if (point < 0x10000) {
            out += char(0xE0 | (point >> 12));
        } else {
            out += char(0xF0 | (point >> 18));
            out += char(0x80 | ((point >> 12) & 0x3F));
        }
        out += char(0x80 | ((point >> 6) & 0x3F));
    }
    out += char(0x80 | (point & 0x3F));
}

// The code point at "\uXXXX"; moves past it, and past its other half if it is a pair.
uint unicodeEscape(const char *&at, const char *end)
{
    const uint unit = hexValue(at + 2);
    at += 6;
    if (!QChar::isSurrogate(unit))
        return unit;
    if (QChar::isHighSurrogate(unit) && end - at >= 6 && at[0] == '\\' && at[1] == 'u') {
        const uint low = hexValue(at + 2);
        if (QChar::isLowSurrogate(low)) {
            at += 6;
            return QChar::surrogateToUcs4(char16_t(unit), char16_t(low));
        }
    }
    return QChar::ReplacementCharacter;
}

// Whether a number other than zero is above 1 or below: where its first digit stands, moved by its exponent.
bool beyondOne(QByteArrayView number)
{
    const char *const end = number.data() + number.size();
    const char *const mark = std::find_if(number.data(), end, [](char byte) { return (byte | 0x20) == 'e'; });
    const char *const point = std::find(number.data(), mark, '.');
    const char *const first =
        std::find_if(number.data(), mark, [](char byte) { return byte > '0' && byte <= '9'; });
    const qint64 place = first < point ? point - first : point - first + 1;
    if (mark == end)
        return place > 0;
    qint64 exponent = 0;
    const bool negative = mark[1] == '-';
    const char *const digits = mark + (negative || mark[1] == '+' ? 2 : 1);
    if (std::from_chars(digits, end, exponent).ec != std::errc())
        return !negative; // no number has that many digits
    return place + (negative ? -exponent : exponent) > 0;
}

void writeUnicodeEscape(char16_t unit, Output &out)
{
    constexpr char hex[] = "0123456789abcdef";
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4)
        out += hex[(unit >> shift) & 0xF];
}

void writeControl(char16_t unit, Output &out)
{
    switch (unit) {
    case u'\b':
        out += "\\b";
        return;
    case u'\f':
        out += "\\f";
        return;
    case u'\n':
        out += "\\n";
        return;
    case u'\r':
        out += "\\r";
        return;
    case u'\t':
        out += "\\t";
        return;
    default:
        writeUnicodeEscape(unit, out);
    }
}

// From the first unit, which needs care, up to the next plain one; returns where it stopped.
const char16_t *writeSpecial(QStringView text, Output &out)
{
    const char16_t unit = text.front().unicode();
    if (unit == u'"' || unit == u'\\') {
        out += '\\';
        out += char(unit);
        return text.utf16() + 1;
    }
    if (unit < 0x20) {
        writeControl(unit, out);
        return text.utf16() + 1;
    }
    if (QChar::isSurrogate(unit)) {
        const bool pair = QChar::isHighSurrogate(unit) && text.size() > 1 && text[1].isLowSurrogate();
        if (!pair) {
            writeUnicodeEscape(unit, out);
            return text.utf16() + 1;
        }
        out += text.first(2).toUtf8();
        return text.utf16() + 2;
    }
    qsizetype end = 1;
    while (end < text.size() && text[end].unicode() >= 0x80 && !text[end].isSurrogate())
        ++end;
    out += text.first(end).toUtf8();
    return text.utf16() + end;
}

} // namespace

void writeText(QStringView text, Output &out)
{
    constexpr qsizetype quotes = 2;
    const char16_t *at = text.utf16();
    const char16_t *const end = at + text.size();
    char *target = out.room(text.size() + quotes);
    *target++ = '"';
    at = narrowPlain(at, end, target);
    while (at != end) {
        out.wroteTo(target);
        at = writeSpecial({at, end}, out);
        target = out.room(end - at + 1);
        at = narrowPlain(at, end, target);
    }
    *target++ = '"';
    out.wroteTo(target);
}

void writeInteger(qint64 number, Output &out)
{
    constexpr qsizetype longest = 20;
    char *target = out.room(longest);
    out.wroteTo(std::to_chars(target, target + longest, number).ptr);
}

void writeDouble(double number, Output &out)
{
    if (!std::isfinite(number)) {
        out += "null";
        return;
    }
    if (number == 0) { // also -0
        out += '0';
        return;
    }
    if (number < 0) {
        out += '-';
        number = -number;
    }
    // "d.ddde±xx": the shortest digits; ECMAScript only places the point differently.
    char buffer[32];
    const char *const end =
        std::to_chars(std::begin(buffer), std::end(buffer), number, std::chars_format::scientific).ptr;
    const char *const mark = std::find(static_cast<const char *>(buffer), end, 'e');
    QByteArray digits(1, buffer[0]);
    if (mark - buffer > 2)
        digits.append(buffer + 2, mark - buffer - 2);
    int exponent = 0;
    std::from_chars(mark + (mark[1] == '+' ? 2 : 1), end, exponent);

    const int count = int(digits.size());
    const int point = exponent + 1; // the value is 0.digits × 10^point
    if (count <= point && point <= 21) {
        out += digits;
        out += QByteArray(point - count, '0');
    } else if (0 < point && point <= 21) {
        out += QByteArrayView(digits).first(point);
        out += '.';
        out += QByteArrayView(digits).sliced(point);
    } else if (-6 < point && point <= 0) {
        out += "0.";
        out += QByteArray(-point, '0');
        out += digits;
    } else {
        out += digits.front();
        if (count > 1) {
            out += '.';
            out += QByteArrayView(digits).sliced(1);
        }
        out += exponent < 0 ? "e-" : "e+";
        writeInteger(std::abs(exponent), out);
    }
}

void unescape(QByteArrayView text, QByteArray &out)
{
    const char *at = text.data();
    const char *const end = at + text.size();
    while (at != end) {
        const auto *slash = static_cast<const char *>(std::memchr(at, '\\', std::size_t(end - at)));
        if (!slash)
            slash = end;
        out.append(at, slash - at);
        at = slash;
        if (at == end)
            return;
        switch (at[1]) {
        case 'u':
            appendUtf8(out, unicodeEscape(at, end));
            continue;
        case 'b':
            out += '\b';
            break;
        case 'f':
            out += '\f';
            break;
        case 'n':
            out += '\n';
            break;
        case 'r':
            out += '\r';
            break;
        case 't':
            out += '\t';
            break;
        default:
            out += at[1];
        }
        at += 2;
    }
}

QString readText(QByteArrayView text)
{
    if (isAscii(text.data(), text.data() + text.size())) {
        QString result(text.size(), Qt::Uninitialized);
        widenAscii(text.data(), text.data() + text.size(), reinterpret_cast<char16_t *>(result.data()));
        return result;
    }
    if (!text.startsWith(byteOrderMark))
        return QString::fromUtf8(text);
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    return decoder(text);
}

std::optional<qint64> readInteger(QByteArrayView number)
{
    qint64 result = 0;
    const char *const end = number.data() + number.size();
    if (number.startsWith("-0") || std::from_chars(number.data(), end, result).ec != std::errc())
        return std::nullopt;
    return result;
}

double readDouble(QByteArrayView number)
{
    double result = 0;
    if (std::from_chars(number.data(), number.data() + number.size(), result).ec == std::errc())
        return result;
    // Out of range: infinity or zero, as JSON.parse.
    const double edge = beyondOne(number) ? std::numeric_limits<double>::infinity() : 0.0;
    return number.front() == '-' ? -edge : edge;
}

} // namespace SocketIo::Json
