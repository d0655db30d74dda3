// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QObject>
#include <QtQml/qqmlregistration.h>

class QJSEngine;
class QQmlEngine;
class QUrl;

namespace Hubbub::App
{

/// Opens web addresses, and nothing else. The program connects the signal to the system's browser, tests look
/// at it. Thread: GUI.
class Browser : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
public:
    explicit Browser(QObject *parent)
        : QObject(parent)
    {
    }
    static Browser *create(QQmlEngine *engine, QJSEngine *);

    /// What WebLinkFinder would not have taken for a link is not opened, whoever asks.
    Q_INVOKABLE void open(const QString &address);

Q_SIGNALS:
    void opened(const QUrl &address);
};

} // namespace Hubbub::App
