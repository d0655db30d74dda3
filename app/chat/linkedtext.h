// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QObject>
#include <QtCore/QStringList>
#include <QtQml/qqmlregistration.h>

namespace Hubbub::App
{

/// A message for a Text with textFormat: StyledText, where its web addresses are links and all else is as in
/// plain text: nothing in it is read as markup. Thread: GUI.
class LinkedText : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
public:
    using QObject::QObject;

    /// What its links open, from first to last.
    Q_INVOKABLE static QStringList addresses(const QString &text);
    /// Each link is called by its place in addresses(): "0", "1", so that no word of a message is in a tag.
    Q_INVOKABLE static QString markup(const QString &text);
};

} // namespace Hubbub::App
