// SPDX-License-Identifier: MIT
#include "server-lite/gateway/chatschemas.h"

#include <QtCore/QDirIterator>
#include <QtCore/QFile>

namespace Hubbub::ChatSchemas
{

using namespace Qt::StringLiterals;

EventSchemas load()
{
    QHash<QString, QByteArray> texts;
    QDirIterator files(u":/hubbub/schemas/chat"_s, {u"*.json"_s});
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly))
            texts.insert(files.fileInfo().completeBaseName(), file.readAll());
    }
    const auto schemas = EventSchemas::compile(texts);
    if (!schemas || schemas->isEmpty())
        qFatal("the chat's schemas are not in this program as they should be");
    return *schemas;
}

} // namespace Hubbub::ChatSchemas
