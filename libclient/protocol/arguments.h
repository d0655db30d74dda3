// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/json.h"
#include "libclient/protocol/jsonview.h"

#include <QtCore/QCborArray>
#include <QtCore/QCborMap>
#include <QtCore/QCborValue>
#include <QtCore/QSharedData>

#include <optional>
#include <span>
#include <variant>

namespace SocketIo
{

namespace Json
{
class Output;
}

class ArgumentsData;

/// An argument as an emit with C++ values keeps it: what is often given as it is, the rest as a value.
using ArgumentValue = std::variant<bool, qint64, double, QString, QCborValue>;

/// The arguments of one event or ack, without its name. What came from the wire stays the validated bytes it
/// came as: a handler that reads an argument has it decoded, one that passes all of them on re-uses the
/// bytes. Thread: any; an implicitly shared value, as QByteArray is.
class Arguments
{
public:
    Arguments();
    Arguments(QCborArray values);
    Arguments(std::initializer_list<QCborValue> values);
    Arguments(const Arguments &);
    Arguments(Arguments &&) noexcept;
    Arguments &operator=(const Arguments &);
    Arguments &operator=(Arguments &&) noexcept;
    ~Arguments();

    static Arguments ofValues(std::span<ArgumentValue> values); ///< moves them

    /// Takes a validated JSON array, the places of the arguments in it and the attachments its placeholders
    /// name.
    static Arguments fromWire(QByteArray json, Json::Slices slices, QList<QByteArray> attachments);

    /// Reads a JSON array that begins at `start` of the text and goes to its end. Errors: those of
    /// Json::validateArray.
    static Hubbub::Result<void> read(const QByteArray &text, qsizetype start, Arguments &out);
    /// The first argument as it came, which is one no more; empty if there is none. Only right after read().
    QByteArrayView takeFirstJson();
    /// Right after read(), or takeFirstJson().
    void setAttachments(QList<QByteArray> attachments);

    qsizetype size() const;
    bool isEmpty() const { return size() == 0; }

    /// The argument, decoded when asked for; undefined beyond the end, as in JavaScript.
    QCborValue at(qsizetype index) const;
    /// The argument where it lies, if it came as JSON without attachments; for as long as this lives.
    std::optional<Json::View> view(qsizetype index) const;
    QCborArray toArray() const;

    /// Appends the arguments, comma-separated and without brackets, as JSON; returns their attachments in
    /// order.
    QList<QByteArray> writeJson(QByteArray &out) const;
    QList<QByteArray> writeJson(Json::Output &out) const; ///< for the protocol library
    bool hasBinary() const;
    qsizetype sizeHint() const; ///< about how many bytes writeJson() appends

private:
    QExplicitlySharedDataPointer<ArgumentsData> d; ///< null if there are none
};

} // namespace SocketIo
