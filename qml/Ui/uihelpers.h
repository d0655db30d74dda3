// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QObject>
#include <QtQml/qqmlregistration.h>

namespace Hubbub::Ui
{

/// The singleton `Ui` of QML: small pure helpers. Thread: GUI.
class UiHelpers : public QObject
{
    Q_OBJECT
    QML_NAMED_ELEMENT(Ui)
    QML_SINGLETON

public:
    using QObject::QObject;

    /// See nameSlot() and initials() in names.h.
    Q_INVOKABLE int nameSlot(const QString &id) const;
    Q_INVOKABLE QString initials(const QString &name) const;

    /// Asks a screen reader to speak the accessible name of this item now.
    Q_INVOKABLE void announce(QObject *item) const;

    /// Puts plain text on the clipboard.
    Q_INVOKABLE void copy(const QString &text) const;

    /// A whole number with a no-break space between thousands: 3124 gives "3 124".
    Q_INVOKABLE QString grouped(double number) const;
};

} // namespace Hubbub::Ui
