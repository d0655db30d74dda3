// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

struct ssl_st;

namespace Load
{

class TlsContext;

/// The client's side of TLS over a socket that does not block, which it neither owns nor watches. Thread:
/// one.
class TlsSession
{
public:
    /// Over: see why(). Nothing may be asked any more then.
    enum class Progress : std::uint8_t { Done, WaitsToRead, WaitsToWrite, Over };

    /// The context is borrowed and outlives the session.
    TlsSession(const TlsContext &context, int descriptor);
    ~TlsSession();
    TlsSession(const TlsSession &) = delete;
    TlsSession &operator=(const TlsSession &) = delete;

    /// Again and again until it is Done or Over; the server's certificate is checked by then.
    Progress shakeHands();
    /// Done with `bytes` of them.
    Progress receive(std::span<char> room, std::size_t &bytes);
    Progress send(std::string_view text, std::size_t &bytes);
    /// Whether something may be read that the kernel does not have any more.
    bool hasUnread() const;
    void sayGoodbye(); ///< without waiting for the server's

    const std::string &why() const { return m_why; } ///< a sentence for people

private:
    Progress progress(int result, bool isAgreed);
    std::string explainEnd(bool isAgreed) const;
    std::string explainHandshake() const;
    std::string explainCertificate(long verdict) const;

    const TlsContext &m_context;
    ssl_st *m_connection;
    std::string m_why;
};

} // namespace Load
