// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QUrl>
#include <QtNetwork/QTcpServer>

#include <array>
#include <chrono>
#include <optional>

namespace HubbubTest
{

/// Of bytes through a ChaosProxy. Thread: any.
enum class Way : quint8 {
    Up, ///< from client to server
    Down, ///< from server to client
};

/// How a link ends. Thread: any.
enum class Fault : quint8 {
    Cut, ///< both ends get a reset, what was on its way is lost
    Close, ///< both ends get an orderly end, what was on its way arrives
    Silence, ///< half-open: it stays, nothing comes through any more, nobody is told
};

/// The network between a client and a server on this machine, as bad as a test wants it. Bytes are carried in
/// order; what it does is done to links there are and to links to come, unless said otherwise.
/// Thread: the test's.
class ChaosProxy : public QObject
{
    Q_OBJECT
public:
    /// Listens on a free port of 127.0.0.1; every link goes on to `target` there.
    explicit ChaosProxy(quint16 target, QObject *parent = nullptr);
    ~ChaosProxy() override;

    QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort())); }
    quint16 port() const { return m_server.serverPort(); }

    void setTarget(quint16 target) { m_target = target; } ///< of links to come
    void setRefusing(bool refuses) { m_refuses = refuses; } ///< links to come are reset at once
    void setSilent(Way way, bool silent) { of(way).silent = silent; } ///< swallows what comes meanwhile
    void setDelay(std::chrono::milliseconds delay) { m_delay = delay; } ///< of every byte, each way
    /// Carries so many bytes at most at a time, and rests in between; 0 bytes: as they come.
    void setTrickle(int bytes, std::chrono::milliseconds pause);

    void endAll(Fault fault); ///< the links there are; those to come work
    /// Ends all links there are as soon as `at` bytes went that way, counted over all links; once.
    void endAt(Way way, qint64 at, Fault fault);
    bool hasEnded() const { return m_hasEnded; } ///< what endAt() asked for has happened

    int links() const { return m_links; } ///< taken so far
    qint64 carried(Way way) const { return m_ways[std::size_t(way)].carried; } ///< bytes
    qint64 swallowed(Way way) const { return m_ways[std::size_t(way)].swallowed; } ///< bytes

private:
    friend class ChaosLink;
    struct Trap {
        Way way;
        qint64 at;
        Fault fault;
    };
    struct Direction {
        bool silent = false;
        qint64 carried = 0;
        qint64 swallowed = 0;
    };

    Direction &of(Way way) { return m_ways[std::size_t(way)]; }
    void take();
    /// How many of `size` bytes may pass before the trap springs.
    qint64 allowance(Way way, qint64 size) const;
    void springIfDue(Way way);

    QTcpServer m_server;
    quint16 m_target;
    bool m_refuses = false;
    std::array<Direction, 2> m_ways;
    std::chrono::milliseconds m_delay{0};
    int m_trickleBytes = 0;
    std::chrono::milliseconds m_tricklePause{0};
    std::optional<Trap> m_trap;
    bool m_hasEnded = false;
    int m_links = 0;
};

} // namespace HubbubTest
