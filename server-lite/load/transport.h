// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/load/stream.h"

#include <string>
#include <string_view>

namespace Load
{

/// One way of moving packets of Engine.IO to and from the server. Thread: one.
class Transport
{
public:
    class Owner
    {
    public:
        /// Packets may be sent. Not told by long-polling, whose first packet says so.
        virtual void opened(Transport &transport) = 0;
        /// May close the transport.
        virtual void packet(Transport &transport, std::string_view packet) = 0;
        /// A packet that is all bytes: an attachment, or a parser other than ours.
        virtual void binary(Transport &transport) = 0;
        /// It ended by itself, or could not be opened; `why` is a sentence for people.
        virtual void ended(Transport &transport, const std::string &why) = 0;

    protected:
        ~Owner() = default;
    };

    virtual ~Transport() = default;

    /// Begins anew; for the session of that sid, or for a new one if it is empty.
    virtual void open(const Network &network, const std::string &sid) = 0;
    virtual void close() = 0; ///< without a word
    virtual void send(std::string_view packet) = 0;
    virtual void stopReading() = 0; ///< for good
};

} // namespace Load
