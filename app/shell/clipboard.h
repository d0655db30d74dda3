// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QObject>
#include <QtQml/qqmlregistration.h>

class QJSEngine;
class QQmlEngine;

namespace Hubbub::App
{

/// Copies text. The program connects the signal to the platform's clipboard, tests look at it. Thread: GUI.
class Clipboard : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
public:
    explicit Clipboard(QObject *parent)
        : QObject(parent)
    {
    }
    static Clipboard *create(QQmlEngine *engine, QJSEngine *);

    Q_INVOKABLE void copy(const QString &text) { Q_EMIT copied(text); }

Q_SIGNALS:
    void copied(const QString &text);
};

} // namespace Hubbub::App
