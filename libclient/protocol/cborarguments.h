// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/argumentsdata.h"

namespace SocketIo
{

/// Arguments that were given as values. Internal to the protocol library. Thread: any; immutable.
class CborArguments final : public ArgumentsData
{
public:
    explicit CborArguments(QCborArray &&values) { m_values.swap(values); }

    qsizetype size() const override { return m_values.size(); }
    QCborValue at(qsizetype index) const override { return m_values.at(index); }
    QCborArray toArray() const override { return m_values; }
    QList<QByteArray> writeJson(Json::Output &out) const override;
    bool hasBinary() const override;
    qsizetype sizeHint() const override;

private:
    QCborArray m_values;
};

/// Appends the values as Arguments::writeJson() does, and gives their attachments.
QList<QByteArray> writeValues(const QCborArray &values, Json::Output &out);

} // namespace SocketIo
