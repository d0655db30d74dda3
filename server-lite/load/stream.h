// SPDX-License-Identifier: MIT
#pragma once

#include "server-lite/load/tlssession.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct addrinfo;

namespace Load
{

/// Where connections are made: watched by that epoll instance, to that address. Thread: any; a plain value.
struct Network {
    int epoll = -1;
    const addrinfo *address = nullptr; ///< borrowed
    const TlsContext *tls = nullptr; ///< borrowed; null: in the clear
};

/// Bytes to and from the server over TCP, with TLS or without, and without ever blocking. Thread: one.
class Stream
{
public:
    class Owner
    {
    public:
        virtual void connected(Stream &stream) = 0;
        /// Gives how many of the bytes it used; the rest comes again with more behind it. May close the
        /// stream.
        virtual std::size_t received(Stream &stream, std::string_view bytes) = 0;
        /// It ended by itself, or could not be opened; `why` is a sentence for people.
        virtual void ended(Stream &stream, const std::string &why) = 0;

    protected:
        ~Owner() = default;
    };

    /// The owner is borrowed and outlives the stream.
    explicit Stream(Owner &owner)
        : m_owner(owner)
    {
    }
    ~Stream() { close(); }
    Stream(const Stream &) = delete;
    Stream &operator=(const Stream &) = delete;

    void open(const Network &network);
    void close(); ///< without a word
    bool isOpen() const { return m_state != State::Closed; }
    void stopReading(); ///< for good: what the server sends stays in the kernel

    std::string &output() { return m_out; } ///< append to it, then flush()
    void flush();

    void ready(std::uint32_t events); ///< what epoll said

private:
    enum class State : std::uint8_t { Closed, Connecting, ShakingHands, Open };
    using Progress = TlsSession::Progress;

    void connected();
    void shakeHands();
    Progress receive(std::span<char> room, std::size_t &bytes, std::string &why);
    Progress send(std::string_view text, std::size_t &bytes, std::string &why);
    void read();
    void take(std::string_view bytes);
    void end(const std::string &why);
    void watch(bool toWrite);

    Owner &m_owner;
    int m_descriptor = -1;
    int m_epoll = -1;
    State m_state = State::Closed;
    bool m_waitsToWrite = false;
    std::unique_ptr<TlsSession> m_tls; ///< null: in the clear
    std::string m_in; ///< what the owner could not use yet
    std::string m_out;
};

/// What an error of a socket means for who runs hubbub-load. Thread: any.
std::string explainSocketError(int error);

} // namespace Load
