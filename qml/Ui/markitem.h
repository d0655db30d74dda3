// SPDX-License-Identifier: MIT
#pragma once

#include <QtQuick/QQuickPaintedItem>

namespace Hubbub::Ui
{

/// `Mark { size: Metrics.s48 }`: the app's mark. Thread: GUI.
class MarkItem : public QQuickPaintedItem
{
    Q_OBJECT
    QML_NAMED_ELEMENT(Mark)
    Q_PROPERTY(int size READ size WRITE setSize NOTIFY sizeChanged)

public:
    explicit MarkItem(QQuickItem *parent = nullptr);

    int size() const { return m_size; }
    void setSize(int size);
    void paint(QPainter *painter) override;

Q_SIGNALS:
    void sizeChanged();

private:
    int m_size = 48;
};

} // namespace Hubbub::Ui
