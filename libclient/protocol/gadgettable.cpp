// SPDX-License-Identifier: MIT
#include "libclient/protocol/gadgettable.h"

#include "libclient/protocol/fromjson.h"
#include "libclient/protocol/jsonwalk.h"
#include "libclient/protocol/typedvalue.h"

#include <QtCore/QMetaProperty>
#include <QtCore/QVarLengthArray>

#include <algorithm>
#include <array>
#include <cstring>

namespace SocketIo::Detail
{

struct GadgetTable::Property {
    using Assign = bool (*)(const Property &property, const Json::View &json, void *gadget);

    explicit Property(const QMetaProperty &from);

    /// The value must be of the property's type. As QMetaProperty::writeOnGadget() does it.
    void write(void *gadget, void *value) const
    {
        int status = -1;
        int flags = 0;
        void *arguments[] = {value, nullptr, &status, &flags};
        owner->d.static_metacall(static_cast<QObject *>(gadget), QMetaObject::WriteProperty, index,
                                 arguments);
    }

    QMetaProperty property;
    QByteArray quoted; ///< its name, as a key
    const QMetaObject *owner; ///< the class that declares it
    int index; ///< there
    std::unique_ptr<GadgetTable> nested; ///< of a type that is a gadget itself
    Assign assign;
};

namespace
{

/// Any type there is an entry for in convert.cpp, by way of a value.
bool assignByValue(const QMetaProperty &property, const Json::View &json, void *gadget)
{
    const auto typed = readTyped(json.value(), property.metaType());
    return typed && property.writeOnGadget(gadget, *typed);
}

} // namespace

GadgetTable::Property::Property(const QMetaProperty &from)
    : property(from)
    , quoted('"' + QByteArray(from.name()) + '"')
    , owner(from.enclosingMetaObject())
    , index(from.relativePropertyIndex())
{
    struct Direct {
        QMetaType type;
        Assign assign;
    };
    constexpr auto direct = []<typename T>(T *) {
        return Direct{QMetaType::fromType<T>(),
                      [](const Property &property, const Json::View &json, void *gadget) {
                          T value{};
                          if (!fromJson(json, value))
                              return false;
                          property.write(gadget, &value);
                          return true;
                      }};
    };
    static const std::array known{direct(static_cast<QString *>(nullptr)),
                                  direct(static_cast<bool *>(nullptr)),
                                  direct(static_cast<int *>(nullptr)),
                                  direct(static_cast<qint64 *>(nullptr)),
                                  direct(static_cast<double *>(nullptr)),
                                  direct(static_cast<QStringList *>(nullptr)),
                                  direct(static_cast<std::optional<QString> *>(nullptr))};
    const auto found = std::ranges::find(known, from.metaType(), &Direct::type);
    if (found != known.end()) {
        assign = found->assign;
    } else if (isGadget(from.metaType())) {
        nested = std::make_unique<GadgetTable>(*from.metaType().metaObject());
        assign = [](const Property &property, const Json::View &json, void *gadget) {
            QVariant inner(property.property.metaType());
            if (!property.nested->read(json, inner.data()))
                return false;
            property.write(gadget, inner.data());
            return true;
        };
    } else {
        assign = [](const Property &property, const Json::View &json, void *gadget) {
            return assignByValue(property.property, json, gadget);
        };
    }
}

GadgetTable::GadgetTable(const QMetaObject &type)
{
    for (int i = 0; i < type.propertyCount(); ++i) {
        const QMetaProperty property = type.property(i);
        if (property.isStored() && property.isWritable())
            m_properties.push_back(std::make_unique<const Property>(property));
    }
}

GadgetTable::~GadgetTable() = default;

bool GadgetTable::read(const Json::View &json, void *gadget) const
{
    if (!json.isObject())
        return false;
    constexpr qsizetype usual = 16;
    QVarLengthArray<Json::View, usual> given(qsizetype(m_properties.size()));
    const char *at = json.json().data() + 1;
    const char *const end = json.json().data() + json.json().size();
    std::size_t expected = 0;
    while (Json::toNext(at)) {
        const std::size_t place = takeKey(at, end, expected);
        at = Json::skipColon(at);
        const Json::View value = Json::takeValue(at, end);
        if (place == m_properties.size())
            continue;
        given[qsizetype(place)] = value; // of a repeated key, the last
        expected = place + 1;
    }
    for (std::size_t i = 0; i < m_properties.size(); ++i) {
        const Json::View &value = given[qsizetype(i)];
        const Property &property = *m_properties[i];
        if (!value.json().isEmpty() && !property.assign(property, value, gadget))
            return false;
    }
    return true;
}

/// Past the key; gives the place of the property it names, or their count. Senders write keys in one order,
/// mostly that of the properties, so the search begins behind the last find.
std::size_t GadgetTable::takeKey(const char *&at, const char *end, std::size_t expected) const
{
    const std::size_t count = m_properties.size();
    if (expected < count && Json::takeKey(at, end, m_properties[expected]->quoted))
        return expected;
    const Json::View key = Json::takeText(at, end);
    for (std::size_t place = 0; place < count; ++place) {
        if (key.isTextOf(QByteArrayView(m_properties[place]->quoted).sliced(1).chopped(1)))
            return place;
    }
    return count;
}

} // namespace SocketIo::Detail
