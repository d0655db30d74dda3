// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/load/httpcall.h"
#include "server-lite/load/transport.h"

namespace Load
{

struct Options;

/// Packets by HTTP long-polling: one request waits for the server's, another carries ours. Thread: one.
class PollingTransport final
    : public Transport
    , private HttpCall::Owner
{
public:
    class Owner : public Transport::Owner
    {
    public:
        /// After pause(): no request is under way any more.
        virtual void paused(PollingTransport &transport) = 0;

    protected:
        ~Owner() = default;
    };

    /// Both are borrowed and outlive the transport.
    PollingTransport(const Options &options, Owner &owner)
        : m_options(options)
        , m_owner(owner)
        , m_poll(options, *this)
        , m_post(options, *this)
    {
    }

    void open(const Network &network, const std::string &sid) override;
    void close() override;
    void send(std::string_view packet) override;
    void stopReading() override { m_poll.stopReading(); }

    /// Finishes what is under way and begins nothing more, as an upgrade wants it.
    void pause();
    std::string takeQueue(); ///< packets not sent, with U+001E between them

private:
    enum class State : unsigned char { Closed, Open, Pausing, Paused };

    void answered(HttpCall &call, const HttpAnswer &answer) override;
    void failed(HttpCall &call, const std::string &why) override;
    void takePayload(std::string_view payload);
    void poll();
    void post();
    void end(const std::string &why);

    const Options &m_options;
    Owner &m_owner;
    HttpCall m_poll;
    HttpCall m_post;
    State m_state = State::Closed;
    Network m_network;
    std::string m_sid;
    std::string m_queue;
};

} // namespace Load
