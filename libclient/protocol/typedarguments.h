// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/arguments.h"
#include "libclient/protocol/argumentsdata.h"

namespace SocketIo
{

/// Arguments that stay the C++ values they were given as, in one allocation for the usual few: written to
/// the wire without becoming CBOR in between. Internal to the protocol library. Thread: any; immutable.
class TypedArguments final : public ArgumentsData
{
public:
    explicit TypedArguments(std::span<ArgumentValue> values);

    qsizetype size() const override { return m_values.size(); }
    QCborValue at(qsizetype index) const override;
    QList<QByteArray> writeJson(Json::Output &out) const override;
    bool hasBinary() const override;
    qsizetype sizeHint() const override;

private:
    QVarLengthArray<ArgumentValue, 2> m_values;
};

} // namespace SocketIo
