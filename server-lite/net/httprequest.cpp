// SPDX-License-Identifier: MIT
#include "server-lite/net/httprequest.h"

namespace Hubbub
{

QByteArray HttpRequest::header(QByteArrayView name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

} // namespace Hubbub
