// SPDX-License-Identifier: MIT
#pragma once

#include "app/shell/profiletrust.h"

#include <QtNetwork/QNetworkAccessManager>

#include <memory>

namespace Hubbub::App
{

/// Plain HTTP requests to the servers of the person, each held to the certificate its server is known by.
/// Thread: GUI.
class ServerNetwork : public QNetworkAccessManager
{
    Q_OBJECT
public:
    ServerNetwork(std::shared_ptr<ProfileTrust> trust, QObject *parent);

    const std::shared_ptr<ProfileTrust> &trust() const { return m_trust; }

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request,
                                 QIODevice *body) override;

private:
    std::shared_ptr<ProfileTrust> m_trust;
};

} // namespace Hubbub::App
