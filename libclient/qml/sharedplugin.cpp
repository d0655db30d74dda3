// SPDX-License-Identifier: MIT
#include "libclient/qml/sharedplugin.h"

extern void qml_register_types_Hubbub_SocketIo(); // made by Qt's registrar
Q_GHS_KEEP_REFERENCE(qml_register_types_Hubbub_SocketIo)

Hubbub_SocketIoPlugin::Hubbub_SocketIoPlugin(QObject *parent)
    : QQmlEngineExtensionPlugin(parent)
{
    [[maybe_unused]] volatile auto kept = &qml_register_types_Hubbub_SocketIo;
}
