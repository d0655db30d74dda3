// SPDX-License-Identifier: MIT
#include "qml/Ui/uihelpers.h"

#include "qml/Ui/names.h"

#include <QtGui/QAccessible>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>

namespace Hubbub::Ui
{

int UiHelpers::nameSlot(const QString &id) const
{
    return Ui::nameSlot(id);
}

QString UiHelpers::initials(const QString &name) const
{
    return Ui::initials(name);
}

void UiHelpers::announce(QObject *item) const
{
    if (!item || !QAccessible::isActive())
        return;
    QAccessibleEvent event(item, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void UiHelpers::copy(const QString &text) const
{
    QGuiApplication::clipboard()->setText(text);
}

QString UiHelpers::grouped(double number) const
{
    QString digits = QString::number(qRound64(number));
    const qsizetype first = digits.startsWith(u'-') ? 1 : 0;
    for (qsizetype at = digits.size() - 3; at > first; at -= 3)
        digits.insert(at, QChar::Nbsp);
    return digits;
}

} // namespace Hubbub::Ui
