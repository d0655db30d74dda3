// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/jsonplaceholder.h"
#include "libclient/protocol/jsonscanner.h"

#include <vector>

namespace SocketIo::Json
{

/// Turns what the scanner finds into CBOR bytes, from which Qt builds a QCborValue in linear time; inserting
/// into a QCborMap key by key searches it each time. Internal to the protocol library. Thread: any; lives on
/// the stack.
class CborSink
{
public:
    /// Replaces placeholders by these attachments; with an empty list there are no placeholders, only
    /// objects.
    CborSink(const QList<QByteArray> &attachments, qsizetype sizeHint);
    /// Only checks placeholders against a number of attachments.
    CborSink(qsizetype attachmentCount, qsizetype sizeHint);

    void beginArray(const char *);
    void endArray(const char *);
    void beginObject(const char *);
    void endObject(const char *);
    void key(const StringToken &token);
    void string(const StringToken &token);
    void number(const char *begin, const char *end, bool whole);
    void literal(const char *begin, const char *end);

    // What the scanner never finds, and other formats have
    void integer(qint64 number);
    void real(double number);
    void boolean(bool value);
    void null();
    void undefined();
    void bytes(QByteArrayView data);
    /// In UTC; years that ISO 8601 has no four digits for become the number.
    void dateTime(qint64 msSinceEpoch);

    QCborValue value() &&;
    PlaceholderUse placeholders() const { return m_use; }

private:
    struct Entry {
        qsizetype key = 0; ///< offsets into the CBOR bytes
        qsizetype value = 0;
    };
    struct Object {
        qsizetype start = 0;
        std::size_t firstEntry = 0;
    };

    void head(uchar major, quint64 number);
    void text(const StringToken &token);
    QByteArrayView keyAt(std::size_t entry) const;
    QByteArrayView valueAt(std::size_t entry) const;
    void dropRepeatedKeys(std::size_t first);
    void keepLast(std::size_t first, const std::vector<std::size_t> &lastOf);
    bool resolvePlaceholder(const Object &object);

    const QList<QByteArray> *m_attachments = nullptr;
    qsizetype m_attachmentCount = 0;
    QByteArray m_out;
    QByteArray m_scratch;
    std::vector<Entry> m_entries;
    std::vector<Object> m_objects;
    std::vector<bool> m_seen; ///< attachments that were named
    PlaceholderUse m_use;
};

} // namespace SocketIo::Json
