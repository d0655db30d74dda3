// SPDX-License-Identifier: MIT
#include "server-lite/load/tlssession.h"

#include "server-lite/load/options.h"
#include "server-lite/load/stream.h"
#include "server-lite/load/tlscontext.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <cerrno>
#include <ctime>

namespace Load
{

namespace
{

/// When the first of the certificates ended that did.
std::string endOf(const STACK_OF(X509) * chain)
{
    for (int i = 0; i < sk_X509_num(chain); ++i) {
        const ASN1_TIME *end = X509_get0_notAfter(sk_X509_value(chain, i));
        tm parts{};
        if (X509_cmp_current_time(end) >= 0 || ASN1_TIME_to_tm(end, &parts) != 1)
            continue;
        std::string text(32, '\0');
        text.resize(std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M UTC", &parts));
        return text;
    }
    return "a day that is not known";
}

/// What the last failure of OpenSSL on this thread was called by it; and there is none any more.
std::string takeReason()
{
    const char *reason = ERR_reason_error_string(ERR_peek_last_error());
    const std::string text = reason ? reason : "no reason given";
    ERR_clear_error();
    return text;
}

} // namespace

TlsSession::TlsSession(const TlsContext &context, int descriptor)
    : m_context(context)
    , m_connection(context.connection(descriptor))
{
}

TlsSession::~TlsSession()
{
    SSL_free(m_connection);
}

TlsSession::Progress TlsSession::shakeHands()
{
    if (!m_connection) {
        m_why = "there is no memory for another TLS connection";
        return Progress::Over;
    }
    ERR_clear_error();
    errno = 0;
    return progress(SSL_do_handshake(m_connection), false);
}

TlsSession::Progress TlsSession::receive(std::span<char> room, std::size_t &bytes)
{
    ERR_clear_error();
    errno = 0;
    return progress(SSL_read_ex(m_connection, room.data(), room.size(), &bytes), true);
}

TlsSession::Progress TlsSession::send(std::string_view text, std::size_t &bytes)
{
    ERR_clear_error();
    errno = 0;
    return progress(SSL_write_ex(m_connection, text.data(), text.size(), &bytes), true);
}

bool TlsSession::hasUnread() const
{
    return SSL_has_pending(m_connection) == 1;
}

void TlsSession::sayGoodbye()
{
    SSL_shutdown(m_connection);
    ERR_clear_error();
}

TlsSession::Progress TlsSession::progress(int result, bool isAgreed)
{
    if (result == 1)
        return Progress::Done;
    const int systemError = errno;
    switch (SSL_get_error(m_connection, result)) {
    case SSL_ERROR_WANT_READ:
        return Progress::WaitsToRead;
    case SSL_ERROR_WANT_WRITE:
        return Progress::WaitsToWrite;
    case SSL_ERROR_SYSCALL:
        m_why = systemError ? explainSocketError(systemError) : explainEnd(isAgreed);
        break;
    case SSL_ERROR_ZERO_RETURN:
        m_why = explainEnd(isAgreed);
        break;
    default:
        m_why = isAgreed ? "the server ended TLS: " + takeReason() : explainHandshake();
    }
    return Progress::Over;
}

std::string TlsSession::explainEnd(bool isAgreed) const
{
    return isAgreed ? "the server closed the connection"
                    : m_context.options().url
                          + " closed the connection instead of agreeing on TLS: it may be an http:// address";
}

std::string TlsSession::explainHandshake() const
{
    const std::string &url = m_context.options().url;
    if (const long verdict = SSL_get_verify_result(m_connection);
        verdict != X509_V_OK && !m_context.options().insecure) {
        ERR_clear_error();
        return explainCertificate(verdict);
    }
    const int reason = ERR_GET_REASON(ERR_peek_last_error());
    if (reason == SSL_R_WRONG_VERSION_NUMBER || reason == SSL_R_PACKET_LENGTH_TOO_LONG
        || reason == SSL_R_HTTP_REQUEST || reason == SSL_R_RECORD_LENGTH_MISMATCH) {
        ERR_clear_error();
        return url + " does not speak TLS: it may be an http:// address";
    }
    return url + " does not agree on TLS: " + takeReason();
}

std::string TlsSession::explainCertificate(long verdict) const
{
    const Options &options = m_context.options();
    const std::string certificate = "the certificate of " + options.url;
    switch (verdict) {
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return certificate + " is not for " + options.host + ": use a name that it is for";
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return certificate + " expired on " + endOf(SSL_get0_verified_chain(m_connection));
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        return certificate + " is not trusted: no authority "
               + (options.ca.empty() ? "that this machine trusts vouches for it; name yours with --ca FILE"
                                     : "in " + options.ca + " vouches for it");
    default:
        return certificate + " is not trusted: " + X509_verify_cert_error_string(verdict);
    }
}

} // namespace Load
