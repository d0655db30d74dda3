// SPDX-License-Identifier: MIT
#include "libclient/protocol/json.h"
#include "libclient/protocol/jsontext.h"

#include <QtCore/QCborArray>
#include <QtCore/QCborMap>
#include <QtCore/QDateTime>
#include <QtCore/QUrl>
#include <QtCore/QUuid>

namespace SocketIo::Json
{

namespace
{

bool leftOut(const QCborValue &value)
{
    return value.isUndefined() || value.isInvalid()
           || (value.isSimpleType() && !value.isBool() && !value.isNull());
}

void writeArray(const QCborArray &array, Output &out, QList<QByteArray> *attachments)
{
    out += '[';
    for (qsizetype i = 0; i < array.size(); ++i) {
        if (i > 0)
            out += ',';
        writeValue(array.at(i), out, attachments);
    }
    out += ']';
}

void writeMap(const QCborMap &map, Output &out, QList<QByteArray> *attachments)
{
    out += '{';
    bool first = true;
    for (auto it = map.constBegin(); it != map.constEnd(); ++it) {
        const QCborValue value = it.value();
        if (leftOut(value))
            continue;
        if (!first)
            out += ',';
        first = false;
        writeText(keyText(it.key()), out);
        out += ':';
        writeValue(value, out, attachments);
    }
    out += '}';
}

void writeBytes(const QByteArray &bytes, Output &out, QList<QByteArray> *attachments)
{
    if (!attachments) {
        out += '"';
        out += bytes.toBase64();
        out += '"';
        return;
    }
    out += R"({"_placeholder":true,"num":)";
    writeInteger(attachments->size(), out);
    out += '}';
    attachments->append(bytes);
}

} // namespace

QString keyText(const QCborValue &key)
{
    if (key.isString())
        return key.toString();
    QByteArray text;
    write(key, text);
    if (text.startsWith('"'))
        return QString::fromUtf8(QByteArrayView(text).sliced(1).chopped(1));
    return QString::fromUtf8(text);
}

void writeValue(const QCborValue &value, Output &out, QList<QByteArray> *attachments)
{
    switch (value.type()) {
    case QCborValue::Integer:
        writeInteger(value.toInteger(), out);
        return;
    case QCborValue::Double:
        writeDouble(value.toDouble(), out);
        return;
    case QCborValue::False:
        out += "false";
        return;
    case QCborValue::True:
        out += "true";
        return;
    case QCborValue::String:
        writeText(value.toString(), out);
        return;
    case QCborValue::ByteArray:
        writeBytes(value.toByteArray(), out, attachments);
        return;
    case QCborValue::Array:
        writeArray(value.toArray(), out, attachments);
        return;
    case QCborValue::Map:
        writeMap(value.toMap(), out, attachments);
        return;
    case QCborValue::DateTime:
        writeText(value.toDateTime().toUTC().toString(Qt::ISODateWithMs), out);
        return;
    case QCborValue::Url:
        writeText(value.toUrl().toString(QUrl::FullyEncoded), out);
        return;
    case QCborValue::Uuid:
        writeText(value.toUuid().toString(QUuid::WithoutBraces), out);
        return;
    default:
        break;
    }
    if (value.isTag())
        writeValue(value.taggedValue(), out, attachments);
    else
        out += "null";
}

void write(const QCborValue &value, QByteArray &out, QList<QByteArray> *attachments)
{
    Output output(out);
    writeValue(value, output, attachments);
}

QByteArray toJson(const QCborValue &value)
{
    QByteArray out;
    write(value, out);
    return out;
}

bool hasBinary(const QCborValue &value)
{
    if (value.isByteArray())
        return true;
    if (value.isArray()) {
        const QCborArray array = value.toArray();
        return std::any_of(array.begin(), array.end(),
                           [](const QCborValue &item) { return hasBinary(item); });
    }
    if (value.isMap()) {
        const QCborMap map = value.toMap();
        return std::any_of(map.begin(), map.end(), [](const auto &item) { return hasBinary(item.second); });
    }
    return value.type() == QCborValue::Tag && hasBinary(value.taggedValue());
}

} // namespace SocketIo::Json
