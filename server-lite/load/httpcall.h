// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/load/httpanswer.h"
#include "server-lite/load/stream.h"

namespace Load
{

struct Options;

/// Requests over one connection that is kept, one at a time. Thread: one.
class HttpCall final : private Stream::Owner
{
public:
    class Owner
    {
    public:
        virtual void answered(HttpCall &call, const HttpAnswer &answer) = 0;
        virtual void failed(HttpCall &call, const std::string &why) = 0;

    protected:
        ~Owner() = default;
    };

    /// Both are borrowed and outlive the call.
    HttpCall(const Options &options, Owner &owner)
        : m_options(options)
        , m_owner(owner)
        , m_stream(*this)
    {
    }

    /// Not while busy.
    void request(const Network &network, std::string_view method, const std::string &target,
                 std::string_view body = {});
    bool isBusy() const { return m_isBusy; }
    void close();
    void stopReading() { m_stream.stopReading(); }

private:
    void connected(Stream &stream) override;
    std::size_t received(Stream &stream, std::string_view bytes) override;
    void ended(Stream &stream, const std::string &why) override;

    const Options &m_options;
    Owner &m_owner;
    Stream m_stream;
    bool m_isBusy = false;
    std::int64_t m_idleSince = 0; ///< nanoseconds
    std::string m_request; ///< until the connection is there
};

} // namespace Load
