// SPDX-License-Identifier: MIT
#include "app/shell/servertitle.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkReply>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int deadline = 10'000; // ms
constexpr qint64 mostBytes = 4096;
constexpr int mostCharacters = 64; // as many as a hosted room may have

QString read(QNetworkReply *reply)
{
    if (reply->error() != QNetworkReply::NoError)
        return {};
    const QJsonObject info = QJsonDocument::fromJson(reply->read(mostBytes)).object();
    return info["title"_L1].toString().simplified().left(mostCharacters);
}

} // namespace

void requestServerTitle(QNetworkAccessManager *network, const QUrl &server, QObject *context,
                        std::function<void(const QString &)> answer)
{
    QUrl url = server;
    url.setPath(u"/guest/info"_s);
    QNetworkRequest request(url);
    request.setTransferTimeout(deadline);
    QNetworkReply *reply = network->get(request);
    reply->setReadBufferSize(mostBytes);
    QObject::connect(reply, &QNetworkReply::finished, context, [reply, answer = std::move(answer)] {
        if (const QString title = read(reply); !title.isEmpty())
            answer(title);
    });
    QObject::connect(reply, &QNetworkReply::finished, reply, &QObject::deleteLater);
}

} // namespace Hubbub::App
