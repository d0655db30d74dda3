// SPDX-License-Identifier: MIT
// Any bytes as the requests of one connection. The first byte says in what pieces they come, which must make
// no difference; what is taken keeps to the limits.
#include "server-lite/net/httpparser.h"

using namespace Hubbub;

namespace
{

const HttpLimits limits{.headBytes = 2000, .headerFields = 10, .bodyBytes = 500};

/// The whole requests in them, a line each. A broken head may be seen before it has ended, or only then.
QByteArray heard(QByteArrayView bytes, qsizetype piece)
{
    HttpParser parser(limits);
    QByteArray all;
    qsizetype given = 0; // of which the parser has taken `taken`
    qsizetype taken = 0;
    while (parser.state() != HttpParser::State::Failed) {
        given = std::min(bytes.size(), given + piece);
        const qsizetype took = parser.feed(bytes.sliced(taken, given - taken));
        if (took < 0 || took > given - taken)
            qFatal("more was taken than was given");
        taken += took;
        if (parser.state() == HttpParser::State::Complete) {
            const HttpRequest request = parser.takeRequest();
            if (request.body.size() > limits.bodyBytes)
                qFatal("a body larger than the limit");
            all += request.method + ' ' + request.target + ' ' + request.body + '\n';
            parser.reset();
        } else if (took == 0 && given == bytes.size()) {
            break;
        }
    }
    return all;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const quint8 *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const QByteArrayView bytes(data + 1, qsizetype(size) - 1);
    if (heard(bytes, bytes.size() + 1) != heard(bytes, data[0] % 64 + 1))
        qFatal("the requests depend on the pieces they come in");
    return 0;
}
