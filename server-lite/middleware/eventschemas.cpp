// SPDX-License-Identifier: MIT
#include "server-lite/middleware/eventschemas.h"

#include "server-lite/middleware/refusals.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <valijson/adapters/qtjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include <exception>

namespace Hubbub
{

using namespace Qt::StringLiterals;

namespace
{

Result<std::shared_ptr<const valijson::Schema>> compileOne(const QString &event, const QByteArray &text)
{
    const auto bad = [&event](const QString &cause) {
        return failure(u"invalid-schema"_s, u"The schema of \"%1\" is not a JSON Schema."_s.arg(event),
                       cause);
    };
    QJsonParseError problem;
    const auto document = QJsonDocument::fromJson(text, &problem);
    if (!document.isObject())
        return bad(problem.errorString());
    auto schema = std::make_shared<valijson::Schema>();
    const QJsonValue value(document.object());
    try {
        valijson::SchemaParser().populateSchema(valijson::adapters::QtJsonAdapter(value), *schema);
    } catch (const std::exception &exception) {
        return bad(QString::fromLocal8Bit(exception.what()));
    }
    return schema;
}

/// valijson's {"<root>", "[a]", "[0]"} as "/a/0".
QString pointer(const std::vector<std::string> &context)
{
    QString path;
    for (const auto &step : context) {
        const auto name = QString::fromStdString(step);
        if (name.startsWith(u'[') && name.endsWith(u']'))
            path += u'/' + name.sliced(1, name.size() - 2).replace(u'~', "~0"_L1).replace(u'/', "~1"_L1);
    }
    return path;
}

Error toError(const EventSchemas::Fault &fault)
{
    const auto place =
        fault.path.isEmpty() ? u"\"%1\""_s.arg(fault.event) : u"\"%1\" %2"_s.arg(fault.event, fault.path);
    return {u"invalid-payload"_s, u"%1: %2"_s.arg(place, fault.rule), {}};
}

} // namespace

EventSchemas::EventSchemas()
    : m_table(std::make_shared<Table>())
{
}
EventSchemas::~EventSchemas() = default;
EventSchemas::EventSchemas(const EventSchemas &) = default;
EventSchemas &EventSchemas::operator=(const EventSchemas &) = default;

Result<EventSchemas> EventSchemas::compile(const QHash<QString, QByteArray> &texts)
{
    Table table;
    for (auto it = texts.constBegin(); it != texts.constEnd(); ++it) {
        auto schema = compileOne(it.key(), it.value());
        if (!schema)
            return tl::unexpected<Error>(schema.error());
        table.insert(it.key(), *std::move(schema));
    }
    EventSchemas made;
    made.m_table = std::make_shared<Table>(std::move(table));
    return made;
}

bool EventSchemas::isEmpty() const
{
    return m_table->isEmpty();
}

std::optional<EventSchemas::Fault> EventSchemas::find(const SocketIo::Event &event) const
{
    const auto schema = m_table->value(event.name);
    if (!schema)
        return std::nullopt;
    const auto given = event.arguments.at(0).toJsonValue();
    valijson::ValidationResults results;
    try {
        valijson::Validator validator;
        if (validator.validate(*schema, valijson::adapters::QtJsonAdapter(given), &results))
            return std::nullopt;
    } catch (const std::exception &exception) {
        return Fault{event.name, {}, QString::fromLocal8Bit(exception.what())};
    }
    valijson::ValidationResults::Error first; // the innermost comes first
    results.popError(first);
    auto rule = QString::fromStdString(first.description);
    if (!rule.endsWith(u'.'))
        rule += u'.';
    return Fault{event.name, pointer(first.context), rule};
}

Result<void> EventSchemas::check(const SocketIo::Event &event) const
{
    if (const auto fault = find(event))
        return tl::unexpected<Error>(toError(*fault));
    return {};
}

SocketIo::EventMiddleware EventSchemas::middleware() const
{
    return [schemas = *this](const SocketIo::Event &event, const SocketIo::Next &next) {
        const auto fault = schemas.find(event);
        if (!fault)
            return next(std::nullopt);
        Refusals::refuse(event, next, toError(*fault),
                         {{u"event"_s, fault->event}, {u"path"_s, fault->path}, {u"rule"_s, fault->rule}});
    };
}

} // namespace Hubbub
