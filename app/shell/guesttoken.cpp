// SPDX-License-Identifier: MIT
#include "app/shell/guesttoken.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkReply>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int deadline = 10'000; // ms; as long as an ack may take

Result<GuestPass> read(QNetworkReply *reply)
{
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0)
        return failure(u"unreachable"_s, reply->errorString());
    const QJsonObject answer = QJsonDocument::fromJson(reply->readAll()).object();
    const GuestPass pass{answer["token"_L1].toString(), answer["userId"_L1].toString(),
                         answer["username"_L1].toString()};
    if (!pass.token.isEmpty())
        return pass;
    const QString said = answer["error"_L1]["message"_L1].toString();
    return failure(u"no-guests"_s,
                   said.isEmpty() ? QCoreApplication::translate("Hubbub::App::Servers",
                                                                "This server does not take guests.")
                                  : said,
                   u"HTTP %1"_s.arg(status));
}

} // namespace

QDateTime GuestPass::expiresAt() const
{
    const QByteArray claims =
        QByteArray::fromBase64(token.section(u'.', 1, 1).toLatin1(), QByteArray::Base64UrlEncoding);
    const qint64 seconds = QJsonDocument::fromJson(claims)["exp"_L1].toInteger();
    return seconds > 0 ? QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC) : QDateTime();
}

void requestGuestPass(QNetworkAccessManager *network, const QUrl &server, const QString &name,
                      const QString &earlier, QObject *context,
                      std::function<void(const Result<GuestPass> &)> answer)
{
    QUrl url = server;
    url.setPath(u"/guest/token"_s);
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setTransferTimeout(deadline);
    QJsonObject wish{{u"name"_s, name}};
    if (!earlier.isEmpty())
        wish.insert(u"token"_s, earlier);
    const QByteArray body = QJsonDocument(wish).toJson(QJsonDocument::Compact);
    QNetworkReply *reply = network->post(request, body);
    QObject::connect(reply, &QNetworkReply::finished, context,
                     [reply, answer = std::move(answer)] { answer(read(reply)); });
    QObject::connect(reply, &QNetworkReply::finished, reply, &QObject::deleteLater);
}

} // namespace Hubbub::App
