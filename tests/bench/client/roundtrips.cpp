// SPDX-License-Identifier: MIT
#include "libclient/client/manager.h"
#include "libclient/client/socket.h"
#include "tests/bench/client/scenarios.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QElapsedTimer>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace
{

/// Chains of round trips over one socket, each beginning when the one before has ended.
class RoundTrips
{
public:
    RoundTrips(SocketIo::Socket *socket, double seconds)
        : m_socket(socket)
        , m_seconds(seconds)
    {
    }

    void start(int chains)
    {
        m_clock.start();
        m_processorStart = processorTime();
        for (int i = 0; i < chains; ++i)
            next();
    }

private:
    void next()
    {
        m_socket->request<QString>(u"echo"_s, m_text).then([this](const Hubbub::Result<QString> &answer) {
            if (!answer || *answer != m_text)
                return QCoreApplication::exit(1);
            ++m_done;
            if (double(m_clock.nsecsElapsed()) / 1e9 < m_seconds)
                next();
            else if (!std::exchange(m_over, true))
                finish();
        });
    }

    void finish() const
    {
        const double seconds = double(m_clock.nsecsElapsed()) / 1e9;
        const double microseconds = processorTime() - m_processorStart;
        std::printf(R"({"roundTrips":%lld,"perSecond":%.1f,"microsecondsPerRoundTrip":%.3f})"
                    "\n",
                    static_cast<long long>(m_done), double(m_done) / seconds, microseconds / double(m_done));
        std::fflush(stdout);
        QCoreApplication::exit(0);
    }

    SocketIo::Socket *m_socket;
    const double m_seconds;
    const QString m_text = u"x"_s.repeated(64);
    QElapsedTimer m_clock;
    double m_processorStart = 0;
    qint64 m_done = 0;
    bool m_over = false;
};

} // namespace

int measureRoundTrips(const QUrl &url, int inFlight, double seconds)
{
    SocketIo::ManagerOptions options;
    options.reconnection = false;
    SocketIo::Manager manager(url, options);
    SocketIo::Socket *socket = manager.socket();
    RoundTrips roundTrips(socket, seconds);
    QObject::connect(socket, &SocketIo::Socket::connected, socket, [&] { roundTrips.start(inFlight); });
    QObject::connect(socket, &SocketIo::Socket::connectError, socket, [](const Hubbub::Error &error) {
        std::fprintf(stderr, "%s\n", qPrintable(error.message));
        QCoreApplication::exit(1);
    });
    return QCoreApplication::exec();
}
