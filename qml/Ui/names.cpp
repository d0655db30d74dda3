// SPDX-License-Identifier: MIT
#include "qml/Ui/names.h"

#include <QtCore/QStringList>
#include <QtCore/QTextBoundaryFinder>

namespace Hubbub::Ui
{

namespace
{

// First grapheme, so that a combining accent or a flag is not cut in two.
QString firstLetter(const QString &word)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, word);
    const qsizetype end = finder.toNextBoundary();
    return end > 0 ? word.left(end).toUpper() : QString();
}

QStringList wordsOf(const QString &name)
{
    QStringList words;
    QString word;
    for (const char32_t letter : name.toUcs4()) {
        if (QChar::isLetterOrNumber(letter) || (!word.isEmpty() && QChar::isMark(letter))) {
            word.append(QString::fromUcs4(&letter, 1));
        } else if (!word.isEmpty() && letter != U'\'' && letter != U'\u2019') {
            words.append(word);
            word.clear();
        }
    }
    if (!word.isEmpty())
        words.append(word);
    return words;
}

} // namespace

int nameSlot(const QString &id)
{
    quint32 hash = 2166136261U;
    for (const char byte : id.toUtf8())
        hash = (hash ^ static_cast<quint8>(byte)) * 16777619U;
    // The low bits of FNV-1a are its weakest; fold the high half in before taking three of them.
    return static_cast<int>((hash ^ (hash >> 16)) % NameSlots);
}

QString initials(const QString &name)
{
    const QStringList words = wordsOf(name);
    if (words.isEmpty())
        return QStringLiteral("?");
    if (words.size() > 1)
        return firstLetter(words.first()) + firstLetter(words.last());
    const QString first = firstLetter(words.first());
    return first + firstLetter(words.first().mid(first.size()));
}

} // namespace Hubbub::Ui
