// SPDX-License-Identifier: MIT
#include "app/shell/servernetwork.h"

#include "libclient/transport/certificatecheck.h"

#include <QtNetwork/QNetworkReply>
#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QSslError>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

ServerNetwork::ServerNetwork(std::shared_ptr<ProfileTrust> trust, QObject *parent)
    : QNetworkAccessManager(parent)
    , m_trust(std::move(trust))
{
}

QNetworkReply *ServerNetwork::createRequest(Operation operation, const QNetworkRequest &request,
                                            QIODevice *body)
{
    if (request.url().scheme() != "https"_L1)
        return QNetworkAccessManager::createRequest(operation, request, body);
    EngineIo::TransportOptions options;
    options.trustStore = m_trust;
    const auto check = std::make_shared<EngineIo::CertificateCheck>(request.url(), options);
    QNetworkRequest held = request;
    held.setSslConfiguration(check->prepared(request.sslConfiguration()));
    QNetworkReply *reply = QNetworkAccessManager::createRequest(operation, held, body);
    connect(reply, &QNetworkReply::sslErrors, reply, [reply, check](const QList<QSslError> &problems) {
        if (check->accepts(reply->sslConfiguration().peerCertificate(), problems))
            reply->ignoreSslErrors(problems);
    });
    connect(reply, &QNetworkReply::encrypted, reply, [reply, check] {
        if (!check->isSatisfied())
            reply->abort();
    });
    return reply;
}

} // namespace Hubbub::App
