// SPDX-License-Identifier: MIT
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QtQuick/QQuickPaintedItem>

#include <vector>

namespace Hubbub::Ui
{

/// A QR code of a text, black on white in both themes, with the quiet zone of four modules scanners need.
/// Modules fall on whole pixels. Empty for a text that is empty or too long. Thread: GUI.
class QrCode : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged)
public:
    explicit QrCode(QQuickItem *parent = nullptr);

    QString text() const { return m_text; }
    void setText(const QString &text);
    void paint(QPainter *painter) override;

Q_SIGNALS:
    void textChanged();

private:
    QString m_text;
    int m_size = 0; ///< modules per side, without the quiet zone
    std::vector<bool> m_modules;
};

} // namespace Hubbub::Ui
