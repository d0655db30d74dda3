// SPDX-License-Identifier: MIT
#include "libclient/qml/qmlvalues.h"

namespace SocketIo
{

Arguments argumentsFromScript(const QJSValue &value)
{
    if (value.isUndefined())
        return {};
    if (value.isArray())
        return QCborArray::fromVariantList(value.toVariant().toList());
    return {QCborValue::fromVariant(value.toVariant())};
}

QVariantList argumentsToScript(const Arguments &arguments)
{
    return arguments.toArray().toVariantList();
}

} // namespace SocketIo
