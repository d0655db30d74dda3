// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QObject>
#include <QtQml/qqmlregistration.h>

class QJSEngine;
class QQmlEngine;

namespace Hubbub::App
{

/// Which program this is. Thread: GUI.
class About : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(QString version READ version CONSTANT)
    Q_PROPERTY(QString qtVersion READ qtVersion CONSTANT)
    Q_PROPERTY(QString platform READ platform CONSTANT)
public:
    explicit About(QObject *parent)
        : QObject(parent)
    {
    }
    static About *create(QQmlEngine *engine, QJSEngine *);

    QString version() const;
    QString qtVersion() const; ///< of the library that is running
    QString platform() const; ///< the operating system's name for itself
};

} // namespace Hubbub::App
