// SPDX-License-Identifier: MIT
#include "server-lite/auth/personname.h"

#include <QtCore/QList>

#include <algorithm>
#include <array>

namespace Hubbub::PersonName
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int maxMarks = 4; ///< on one letter; no living script needs more

/// What shows nothing, or makes a name read as another.
bool deceives(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        break;
    }
    // Letters and symbols that are blank: Hangul fillers, the empty Braille cell, the grapheme joiner.
    constexpr std::array blanks{U'\u115F', U'\u1160', U'\u3164', U'\uFFA0', U'\u2800', U'\u034F'};
    return std::find(blanks.begin(), blanks.end(), c) != blanks.end();
}

bool pilesUpMarks(const QList<uint> &characters)
{
    int marks = 0;
    return std::any_of(characters.begin(), characters.end(), [&marks](uint c) {
        marks = QChar::isMark(c) ? marks + 1 : 0;
        return marks > maxMarks;
    });
}

} // namespace

Result<QString> read(const QString &chosen)
{
    const auto name = chosen.normalized(QString::NormalizationForm_C).simplified();
    const auto characters = name.toUcs4();
    // Looked for in what was chosen: trimming takes some of them for blanks.
    const auto all = chosen.toUcs4();
    const bool isPlain = chosen.isValidUtf16() && std::none_of(all.begin(), all.end(), deceives);
    if (!isPlain || characters.isEmpty() || characters.size() > maxLength || pilesUpMarks(characters)
        || QChar::isMark(characters.first()))
        return failure(u"invalid-name"_s, u"Choose a name of 1 to %1 characters."_s.arg(maxLength));
    return name;
}

QString cleaned(const QString &vouched, const QString &fallback)
{
    auto characters = vouched.toUcs4();
    characters.removeIf([](uint c) { return deceives(c); });
    const auto name =
        QString::fromUcs4(reinterpret_cast<const char32_t *>(characters.constData()), characters.size())
            .normalized(QString::NormalizationForm_C)
            .simplified();
    return name.isEmpty() ? fallback : name;
}

QString key(const QString &name)
{
    return name.normalized(QString::NormalizationForm_KC)
        .toCaseFolded()
        .normalized(QString::NormalizationForm_KC)
        .simplified();
}

} // namespace Hubbub::PersonName
