// SPDX-License-Identifier: MIT
#pragma once

#include <string>

struct ssl_ctx_st;
struct ssl_st;

namespace Load
{

struct Options;

/// What the TLS connections of a run have in common: whom they trust, and whom they mean to reach. Thread:
/// one.
class TlsContext
{
public:
    TlsContext() = default;
    ~TlsContext();
    TlsContext(const TlsContext &) = delete;
    TlsContext &operator=(const TlsContext &) = delete;

    /// Gives what is wrong, as a sentence. The options are borrowed.
    std::string prepare(const Options &options);

    /// A new connection over that socket, which has not said a word yet; null if there is no memory.
    ssl_st *connection(int descriptor) const;
    const Options &options() const { return *m_options; }

private:
    const Options *m_options = nullptr;
    ssl_ctx_st *m_context = nullptr;
    bool m_isAddress = false; ///< what is to be reached; otherwise it is a name
};

} // namespace Load
