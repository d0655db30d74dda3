// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

#include <algorithm>
#include <cstring>

namespace SocketIo::Json
{

/// Where JSON is written to: appends to a QByteArray, which is only to be read once this is gone. A character
/// costs a comparison and a store, where QByteArray::append() looks for other owners, makes room and ends
/// the text anew. Internal to the protocol library. Thread: any; not shared.
class Output
{
public:
    explicit Output(QByteArray &bytes)
        : m_bytes(bytes)
    {
        take(bytes.size(), std::max(bytes.size(), bytes.capacity()));
    }
    /// Into bytes that are empty, with room for so many.
    Output(QByteArray &bytes, qsizetype expected)
        : m_bytes(bytes)
    {
        bytes = QByteArray(expected, Qt::Uninitialized);
        m_at = bytes.data();
        m_end = m_at + expected;
    }
    ~Output()
    {
        const qsizetype size = m_at - m_bytes.constData();
        m_bytes.resize(size);
        if (size > fewBytes && m_bytes.capacity() > size + size / 4)
            m_bytes.squeeze(); // buffers are bounded by sizes
    }
    Q_DISABLE_COPY_MOVE(Output)

    void operator+=(char byte)
    {
        *room(1) = byte;
        ++m_at;
    }
    void operator+=(QByteArrayView bytes)
    {
        if (bytes.isEmpty())
            return; // whose data may be null
        std::memcpy(room(bytes.size()), bytes.data(), std::size_t(bytes.size()));
        m_at += bytes.size();
    }

    /// Where so many bytes can be written; wroteTo() tells how many they became.
    char *room(qsizetype bytes)
    {
        if (m_end - m_at < bytes)
            grow(bytes);
        return m_at;
    }
    void wroteTo(char *end) { m_at = end; }

private:
    static constexpr qsizetype fewBytes = 4096; ///< not worth moving

    void grow(qsizetype bytes)
    {
        const qsizetype size = m_at - m_bytes.constData();
        take(size, std::max(size + bytes, 2 * size));
    }
    void take(qsizetype size, qsizetype capacity)
    {
        m_bytes.resize(capacity);
        m_at = m_bytes.data() + size;
        m_end = m_bytes.data() + capacity;
    }

    QByteArray &m_bytes;
    char *m_at = nullptr;
    char *m_end = nullptr;
};

} // namespace SocketIo::Json
