// SPDX-License-Identifier: MIT
#include "server-lite/load/tlscontext.h"

#include "server-lite/load/options.h"

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <csignal>

namespace Load
{

TlsContext::~TlsContext()
{
    SSL_CTX_free(m_context);
}

std::string TlsContext::prepare(const Options &options)
{
    m_options = &options;
    std::signal(SIGPIPE, SIG_IGN); // OpenSSL writes without MSG_NOSIGNAL
    m_context = SSL_CTX_new(TLS_client_method());
    if (!m_context)
        return "OpenSSL cannot be used here";
    SSL_CTX_set_min_proto_version(m_context, TLS1_2_VERSION);
    SSL_CTX_set_options(m_context, SSL_OP_NO_RENEGOTIATION | SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_mode(m_context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
                                    | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_read_ahead(m_context, 1); // a record in one system call, not two
    SSL_CTX_set_verify(m_context, options.insecure ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, nullptr);
    if (options.insecure)
        return {};
    if (options.ca.empty() && SSL_CTX_set_default_verify_paths(m_context) != 1)
        return "the system's own authorities cannot be read";
    if (!options.ca.empty() && SSL_CTX_load_verify_file(m_context, options.ca.c_str()) != 1)
        return "--ca " + options.ca + " cannot be read, or holds no certificate as PEM";
    X509_VERIFY_PARAM *wanted = SSL_CTX_get0_param(m_context);
    m_isAddress = X509_VERIFY_PARAM_set1_ip_asc(wanted, options.host.c_str()) == 1;
    if (!m_isAddress && X509_VERIFY_PARAM_set1_host(wanted, options.host.c_str(), options.host.size()) != 1)
        return "the name " + options.host + " cannot be checked";
    return {};
}

ssl_st *TlsContext::connection(int descriptor) const
{
    ssl_st *connection = SSL_new(m_context);
    if (!connection)
        return nullptr;
    SSL_set_fd(connection, descriptor);
    SSL_set_connect_state(connection);
    if (!m_isAddress)
        SSL_set_tlsext_host_name(connection, m_options->host.c_str());
    return connection;
}

} // namespace Load
