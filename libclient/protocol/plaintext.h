// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/// Runs of JSON text that mean themselves, many bytes at a time. Internal to the protocol library. Thread:
/// any; pure functions.
namespace SocketIo::Json
{

/// Where a run ends.
enum class Run : quint8 {
    Valid, ///< before a quote or a backslash: for what was validated
    Plain, ///< before a control character or a byte beyond ASCII, too
};

template <Run run>
bool endsRun(char byte)
{
    return byte == '"' || byte == '\\' || (run == Run::Plain && static_cast<signed char>(byte) < 0x20);
}

/// Where the run that begins here ends, or `end`.
template <Run run>
Q_ALWAYS_INLINE const char *skipRun(const char *at, const char *end)
{
#ifdef __SSE2__
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i slash = _mm_set1_epi8('\\');
    const __m128i space = _mm_set1_epi8(0x20);
    for (; end - at >= 16; at += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
        __m128i found = _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, slash));
        if constexpr (run == Run::Plain) // bytes beyond ASCII are negative
            found = _mm_or_si128(found, _mm_cmplt_epi8(bytes, space));
        if (const auto bits = uint(_mm_movemask_epi8(found)))
            return at + std::countr_zero(bits);
    }
#endif
    constexpr quint64 ones = 0x0101010101010101;
    constexpr quint64 tops = 0x8080808080808080;
    while (std::endian::native == std::endian::little && end - at >= 8) {
        quint64 word = 0;
        std::memcpy(&word, at, 8);
        const quint64 quotes = word ^ (ones * '"');
        const quint64 slashes = word ^ (ones * '\\');
        quint64 found = ((quotes - ones) & ~quotes) | ((slashes - ones) & ~slashes);
        if constexpr (run == Run::Plain)
            found |= word | ((word - ones * 0x20) & ~word);
        if (found &= tops; found != 0) // a borrow only ever marks bytes after the first hit
            return at + std::countr_zero(found) / 8;
        at += 8;
    }
    while (at != end && !endsRun<run>(*at))
        ++at;
    return at;
}

inline bool isAscii(const char *at, const char *end)
{
    const qsizetype size = end - at;
#ifdef __SSE2__
    for (; end - at >= 16; at += 16) {
        if (_mm_movemask_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i *>(at))) != 0)
            return false;
    }
#endif
    quint64 all = 0;
    for (; end - at >= 8; at += 8) {
        quint64 word = 0;
        std::memcpy(&word, at, 8);
        all |= word;
    }
    if (at != end && size >= 8) { // once more over a part of what was seen
        quint64 word = 0;
        std::memcpy(&word, end - 8, 8);
        all |= word;
        at = end;
    }
    for (; at != end; ++at)
        all |= static_cast<uchar>(*at);
    return (all & 0x8080808080808080) == 0;
}

/// ASCII to UTF-16.
inline void widenAscii(const char *at, const char *end, char16_t *out)
{
#ifdef __SSE2__
    const __m128i zero = _mm_setzero_si128();
    for (; end - at >= 16; at += 16, out += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
        _mm_storeu_si128(reinterpret_cast<__m128i *>(out), _mm_unpacklo_epi8(bytes, zero));
        _mm_storeu_si128(reinterpret_cast<__m128i *>(out + 8), _mm_unpackhi_epi8(bytes, zero));
    }
    if (end - at >= 8) {
        const __m128i bytes = _mm_loadl_epi64(reinterpret_cast<const __m128i *>(at));
        _mm_storeu_si128(reinterpret_cast<__m128i *>(out), _mm_unpacklo_epi8(bytes, zero));
        at += 8;
        out += 8;
    }
#endif
    while (at != end)
        *out++ = static_cast<uchar>(*at++);
}

/// Whether a UTF-16 unit is one byte of JSON text, and that byte.
inline bool isPlainUnit(char16_t unit)
{
    return unit >= 0x20 && unit < 0x80 && unit != u'"' && unit != u'\\';
}

/// UTF-16 to JSON text, up to the first unit that is not plain, which it returns; `out` moves along.
inline const char16_t *narrowPlain(const char16_t *at, const char16_t *end, char *&out)
{
#ifdef __SSE2__
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i slash = _mm_set1_epi8('\\');
    const __m128i space = _mm_set1_epi8(0x20);
    for (; end - at >= 8; at += 8, out += 8) {
        // Units beyond a byte become 0 or 255, and both end the run.
        const __m128i units = _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
        const __m128i bytes = _mm_packus_epi16(units, units);
        const __m128i found =
            _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, slash)),
                         _mm_cmplt_epi8(bytes, space));
        if (_mm_movemask_epi8(found) != 0)
            break;
        _mm_storel_epi64(reinterpret_cast<__m128i *>(out), bytes);
    }
#endif
    while (at != end && isPlainUnit(*at))
        *out++ = char(*at++);
    return at;
}

} // namespace SocketIo::Json
