// SPDX-License-Identifier: MIT
// Any bytes as JSON: the scanner, the slicer and the decoder agree, and what was written reads back the same.
#include "libclient/protocol/json.h"

#include <QtCore/QCborArray>
#include <QtCore/QCborValue>

using namespace SocketIo;

extern "C" int LLVMFuzzerTestOneInput(const quint8 *data, std::size_t size)
{
    const QByteArrayView json(data, qsizetype(size));
    const bool valid = Json::validate(json).has_value();
    const auto value = Json::parse(json);
    if (valid != value.has_value())
        qFatal("validate and parse disagree");
    const auto slices = Json::validateArray(json);
    if (slices.has_value() != (value && value->isArray()))
        qFatal("validateArray and parse disagree");
    if (!value)
        return 0;
    if (slices) {
        if (qsizetype(slices->size()) != value->toArray().size())
            qFatal("another number of elements");
        for (const Json::Slice &slice : *slices) {
            if (!Json::validate(json.sliced(slice.offset, slice.length)))
                qFatal("a slice is not a value");
        }
    }
    // Not the value itself: an infinity becomes null the first time.
    const QByteArray once = Json::toJson(*value);
    const auto again = Json::parse(once);
    if (!again || Json::toJson(*again) != once)
        qFatal("what was written does not read back");
    return 0;
}
