// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/jsonoutput.h"
#include "libclient/protocol/jsonview.h"

#include <QtCore/QByteArray>
#include <QtCore/QCborArray>
#include <QtCore/QCborValue>
#include <QtCore/QList>
#include <QtCore/QSharedData>

#include <optional>

namespace SocketIo
{

/// What stands behind Arguments, in the form it was given in; at least one. Internal to the protocol library.
/// Thread: any once it is shared; not changed from then on.
class ArgumentsData : public QSharedData
{
public:
    ArgumentsData() = default;
    virtual ~ArgumentsData() = default;
    Q_DISABLE_COPY_MOVE(ArgumentsData)

    virtual qsizetype size() const = 0;
    virtual QCborValue at(qsizetype index) const = 0; ///< within the size
    virtual std::optional<Json::View> view(qsizetype) const { return std::nullopt; } ///< likewise
    virtual QCborArray toArray() const
    {
        QCborArray result;
        for (qsizetype i = 0; i < size(); ++i)
            result.append(at(i));
        return result;
    }
    virtual QList<QByteArray> writeJson(Json::Output &out) const = 0;
    virtual bool hasBinary() const = 0;
    virtual qsizetype sizeHint() const = 0;
};

} // namespace SocketIo
