// SPDX-License-Identifier: MIT
#include "server-lite/load/pollingtransport.h"

#include "server-lite/load/options.h"

#include <utility>

namespace Load
{

namespace
{

constexpr char separator = '\x1e';

/// The session's id in the packet that opens it, or nothing.
std::string sidOf(std::string_view packet)
{
    constexpr std::string_view key = "\"sid\":\"";
    const auto at = packet.find(key);
    if (packet.empty() || packet.front() != '0' || at == std::string_view::npos)
        return {};
    packet.remove_prefix(at + key.size());
    return std::string(packet.substr(0, packet.find('"')));
}

} // namespace

void PollingTransport::open(const Network &network, const std::string &sid)
{
    m_network = network;
    m_sid = sid;
    m_queue.clear();
    m_state = State::Open;
    poll();
}

void PollingTransport::close()
{
    m_state = State::Closed;
    m_poll.close();
    m_post.close();
}

void PollingTransport::poll()
{
    m_poll.request(m_network, "GET", m_options.target("polling", m_sid));
}

void PollingTransport::send(std::string_view packet)
{
    if (m_state == State::Closed)
        return;
    if (!m_queue.empty())
        m_queue += separator;
    m_queue += packet;
    if (m_state == State::Open && !m_post.isBusy())
        post();
}

void PollingTransport::post()
{
    m_post.request(m_network, "POST", m_options.target("polling", m_sid), std::exchange(m_queue, {}));
}

void PollingTransport::pause()
{
    m_state = State::Pausing;
}

std::string PollingTransport::takeQueue()
{
    return std::exchange(m_queue, {});
}

void PollingTransport::answered(HttpCall &call, const HttpAnswer &answer)
{
    if (answer.status != 200)
        return end(explainHttpAnswer(answer, m_options.url));
    if (&call == &m_poll)
        takePayload(answer.body);
    if (m_state == State::Pausing && !m_poll.isBusy() && !m_post.isBusy()) {
        m_state = State::Paused;
        return m_owner.paused(*this);
    }
    if (m_state != State::Open)
        return;
    if (!m_queue.empty() && !m_post.isBusy())
        post();
    if (m_state == State::Open && !m_poll.isBusy())
        poll();
}

void PollingTransport::takePayload(std::string_view payload)
{
    if (m_sid.empty()) {
        m_sid = sidOf(payload.substr(0, payload.find(separator)));
        if (m_sid.empty())
            return end(m_options.url + " answers, but not as Engine.IO does");
    }
    while (m_state != State::Closed) {
        const auto at = payload.find(separator);
        const auto packet = payload.substr(0, at);
        if (!packet.empty() && packet.front() == 'b')
            m_owner.binary(*this);
        else
            m_owner.packet(*this, packet);
        if (at == std::string_view::npos)
            return;
        payload.remove_prefix(at + 1);
    }
}

void PollingTransport::failed(HttpCall &, const std::string &why)
{
    end(why);
}

void PollingTransport::end(const std::string &why)
{
    if (m_state == State::Closed)
        return;
    close();
    m_owner.ended(*this, why);
}

} // namespace Load
