// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/jsonview.h"

#include <QtCore/QMetaObject>

#include <memory>
#include <vector>

namespace SocketIo::Detail
{

/// A Q_GADGET's stored, writable properties, looked up once, so that an object is read into it without a
/// QVariant for each of them. Thread: any once made; immutable.
class GadgetTable
{
public:
    explicit GadgetTable(const QMetaObject &type);
    ~GadgetTable();
    Q_DISABLE_COPY_MOVE(GadgetTable)

    /// False if the value is no object or a member does not fit; the gadget is half-read then. Properties are
    /// written in their own order.
    bool read(const Json::View &json, void *gadget) const;

private:
    struct Property;
    std::size_t takeKey(const char *&at, const char *end, std::size_t expected) const;

    std::vector<std::unique_ptr<const Property>> m_properties;
};

} // namespace SocketIo::Detail
