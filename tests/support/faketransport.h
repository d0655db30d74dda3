// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/client/manageroptions.h"
#include "libclient/transport/clienttransport.h"

#include <QtCore/QPointer>

#include <functional>
#include <memory>

/// A transport whose other end is the test. Thread: the test's.
class FakeTransport final : public EngineIo::ClientTransport
{
public:
    using ClientTransport::ClientTransport;

    QString name() const override { return QStringLiteral("fake"); }
    void open(const QNetworkRequest &opened) override { request = opened; }
    void send(const EngineIo::Packet &packet) override { sent.append(EngineIo::encodePacket(packet)); }
    bool isWritable() const override { return writable; }
    qint64 bytesToWrite() const override { return waiting; }
    void close() override
    {
        closing = true;
        QMetaObject::invokeMethod(
            this, [this] { lose(QStringLiteral("transport-close")); }, Qt::QueuedConnection);
    }
    void abort() override { aborted = true; }

    /// What the peer sends: one WebSocket text message.
    void receive(const QByteArray &text)
    {
        const Hubbub::Result<EngineIo::Packet> packet = EngineIo::decodePacket(text);
        Q_ASSERT(packet);
        Q_EMIT packetReceived(*packet);
    }
    void shakeHands(int pingInterval = 25'000, int pingTimeout = 20'000, qint64 maxPayload = 1'000'000)
    {
        receive(QStringLiteral(
                    R"(0{"sid":"engine","upgrades":[],"pingInterval":%1,"pingTimeout":%2,"maxPayload":%3})")
                    .arg(pingInterval)
                    .arg(pingTimeout)
                    .arg(maxPayload)
                    .toLatin1());
    }
    void lose(const QString &code)
    {
        Q_EMIT closed({code, QStringLiteral("A sentence."), QStringLiteral("cause")});
    }
    void drain()
    {
        writable = true;
        Q_EMIT bytesWritten();
    }

    QNetworkRequest request;
    QByteArrayList sent;
    bool writable = true;
    qint64 waiting = 0;
    bool closing = false;
    bool aborted = false;
};

/// Makes the transports of a manager and remembers them.
class FakeNetwork
{
public:
    SocketIo::ManagerOptions options() const
    {
        SocketIo::ManagerOptions options;
        options.reconnectionDelay = std::chrono::milliseconds(10);
        options.reconnectionDelayMax = std::chrono::milliseconds(40);
        options.randomizationFactor = 0;
        options.transports = {QStringLiteral("websocket")};
        options.transportFactory = [transports = m_transports](const QString &) {
            auto made = std::make_unique<FakeTransport>();
            transports->append(made.get());
            return made;
        };
        return options;
    }

    int count() const { return int(m_transports->size()); }
    /// The newest transport; null once it is gone.
    FakeTransport *transport() const
    {
        return m_transports->isEmpty() ? nullptr : m_transports->constLast().get();
    }

private:
    std::shared_ptr<QList<QPointer<FakeTransport>>> m_transports =
        std::make_shared<QList<QPointer<FakeTransport>>>();
};
