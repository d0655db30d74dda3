// SPDX-License-Identifier: MIT
#pragma once

#include <QtQml/QQmlEngineExtensionPlugin>

/// What a program that only has an import path loads; qmldir names the class. Thread: the engine's.
class Hubbub_SocketIoPlugin : public QQmlEngineExtensionPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QQmlEngineExtensionInterface_iid)
public:
    explicit Hubbub_SocketIoPlugin(QObject *parent = nullptr);
};
