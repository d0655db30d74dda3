// SPDX-License-Identifier: MIT
#include "app/shell/servertitle.h"

#include "server-lite/auth/personname.h"

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
    QString title = PersonName::cleaned(info["title"_L1].toString().simplified(), {}).left(mostCharacters);
    if (!title.isEmpty() && title.back().isHighSurrogate())
        title.chop(1); // its other half was cut off
    return title.trimmed();
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
    reply->setReadBufferSize(mostBytes + 1);
    QObject::connect(reply, &QNetworkReply::readyRead, reply, [reply] {
        if (reply->bytesAvailable() > mostBytes)
            reply->abort(); // what is not read would only wait for the deadline
    });
    QObject::connect(reply, &QNetworkReply::finished, context, [reply, answer = std::move(answer)] {
        if (const QString title = read(reply); !title.isEmpty())
            answer(title);
    });
    QObject::connect(reply, &QNetworkReply::finished, reply, &QObject::deleteLater);
}

} // namespace Hubbub::App
