// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/parser.h"

namespace SocketIo
{

/// The default parser's decoder. Stricter than socket.io-parser 4.2.7 where that is safe: ack ids have 1 to
/// 15 digits and belong to events and acks, an event or ack has a payload. Thread: that of its session.
class JsonDecoder : public Decoder
{
public:
    explicit JsonDecoder(const DecoderLimits &limits);

    Hubbub::Result<std::optional<Packet>> add(const EngineIo::Message &message) override;
    bool isPending() const override { return m_state == State::AwaitingAttachments; }
    void reset() override;

private:
    enum class State : quint8 { Idle, AwaitingAttachments, Failed };
    struct Header;

    Hubbub::Result<std::optional<Packet>> addText(const QByteArray &text);
    Hubbub::Result<std::optional<Packet>> addBinary(const QByteArray &bytes);
    Hubbub::Result<void> readHeader(const QByteArray &text, Header &header, Packet &packet) const;
    Hubbub::Result<std::optional<Packet>> complete();
    void enter(State next);

    const DecoderLimits m_limits;
    State m_state = State::Idle;
    Hubbub::Error m_error; ///< what it failed with
    Packet m_packet; ///< the one being put together
    QByteArray m_text; ///< its first message, whole
    qsizetype m_payload = 0; ///< where its JSON starts in m_text
    QList<QByteArray> m_attachments;
    qsizetype m_attachmentCount = 0;
    qint64 m_attachmentBytes = 0;
};

} // namespace SocketIo
