// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/argumentsdata.h"
#include "libclient/protocol/json.h"
#include "libclient/protocol/jsonplaceholder.h"

namespace SocketIo
{

/// Arguments that stay the validated bytes they came as. Internal to the protocol library. Thread: any once
/// it is shared.
class WireArguments final : public ArgumentsData
{
public:
    WireArguments(QByteArray json, Json::Slices slices, QList<QByteArray> attachments);
    /// Reads a JSON array that begins at `start` of the text and goes to its end; use it only if that works.
    Hubbub::Result<void> read(const QByteArray &text, qsizetype start);
    WireArguments() = default; ///< for read()

    // Before it is shared.
    QByteArrayView takeFirstJson() { return slice(m_slices[m_first++]); }
    void setAttachments(QList<QByteArray> attachments) { m_attachments = std::move(attachments); }

    qsizetype size() const override { return m_slices.size() - m_first; }
    QCborValue at(qsizetype index) const override;
    std::optional<Json::View> view(qsizetype index) const override;
    QList<QByteArray> writeJson(Json::Output &out) const override;
    bool hasBinary() const override;
    qsizetype sizeHint() const override { return wire().size(); }

private:
    QByteArrayView slice(const Json::Slice &slice) const
    {
        return QByteArrayView(m_json).sliced(slice.offset, slice.length);
    }
    QByteArrayView wire() const;
    Json::PlaceholderUse placeholders() const;

    QByteArray m_json;
    Json::Slices m_slices;
    qsizetype m_first = 0; ///< the slice of the first argument; what is before is none
    QList<QByteArray> m_attachments;
};

} // namespace SocketIo
