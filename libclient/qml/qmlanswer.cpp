// SPDX-License-Identifier: MIT
#include "libclient/qml/qmlanswer.h"

#include "libclient/qml/qmlvalues.h"

namespace SocketIo
{

void QmlAnswer::send(const QJSValue &arguments) const
{
    m_ack(argumentsFromScript(arguments));
}

} // namespace SocketIo
