// SPDX-License-Identifier: MIT
#include "libclient/protocol/cborarguments.h"

#include "libclient/protocol/json.h"
#include "libclient/protocol/jsontext.h"

namespace SocketIo
{

QList<QByteArray> CborArguments::writeJson(Json::Output &out) const
{
    return writeValues(m_values, out);
}

bool CborArguments::hasBinary() const
{
    return Json::hasBinary(m_values);
}

qsizetype CborArguments::sizeHint() const
{
    constexpr qsizetype guess = 64; // of a value that was never text
    return m_values.size() * guess;
}

QList<QByteArray> writeValues(const QCborArray &values, Json::Output &out)
{
    QList<QByteArray> attachments;
    for (qsizetype i = 0; i < values.size(); ++i) {
        if (i > 0)
            out += ',';
        Json::writeValue(values.at(i), out, &attachments);
    }
    return attachments;
}

} // namespace SocketIo
