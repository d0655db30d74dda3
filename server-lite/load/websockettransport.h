// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/load/frames.h"
#include "server-lite/load/stream.h"
#include "server-lite/load/transport.h"

namespace Load
{

struct Options;

/// Packets as WebSocket messages, each as small as a load generator can have it. Thread: one.
class WebSocketTransport final
    : public Transport
    , private Stream::Owner
{
public:
    /// Both are borrowed and outlive the transport.
    WebSocketTransport(const Options &options, Transport::Owner &owner)
        : m_options(options)
        , m_owner(owner)
        , m_stream(*this)
    {
    }

    void open(const Network &network, const std::string &sid) override;
    void close() override;
    void send(std::string_view packet) override;
    void stopReading() override { m_stream.stopReading(); }

private:
    void connected(Stream &stream) override;
    std::size_t received(Stream &stream, std::string_view bytes) override;
    void ended(Stream &stream, const std::string &why) override;
    std::size_t takeAnswer(std::string_view bytes);
    void takeFrame(const Frame &frame);
    void end(const std::string &why);

    const Options &m_options;
    Transport::Owner &m_owner;
    Stream m_stream;
    bool m_isUpgraded = false;
    std::string m_sid;
    std::string m_fragments;
    bool m_fragmentsAreText = true;
};

} // namespace Load
