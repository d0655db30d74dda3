// SPDX-License-Identifier: MIT
#include "libclient/client/connectionstatemachine.h"

#include <QtCore/QLoggingCategory>
#include <QtCore/QMetaEnum>
#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using SocketIo::ConnectionInput;
using SocketIo::ConnectionState;
using SocketIo::ConnectionStateMachine;
using SocketIo::nextState;

namespace
{

using I = ConnectionInput;
using S = ConnectionState;

/// Written a second time, by input, so that a slip in the code's table, which is by state, shows.
std::optional<S> expectedState(S state, I input)
{
    const QList<S> connected{S::Synchronising, S::Online, S::Degraded};
    const QList<S> resting{S::Offline, S::Refused, S::Untrusted, S::Closed};
    const bool trying = state == S::Connecting || state == S::Handshaking;
    switch (input) {
    case I::ConnectRequested:
        return resting.contains(state) || state == S::Waiting ? std::optional(S::Connecting) : std::nullopt;
    case I::TransportOpened:
        return state == S::Connecting ? std::optional(S::Handshaking) : std::nullopt;
    case I::NamespaceAccepted:
        return state == S::Handshaking ? std::optional(S::Synchronising) : std::nullopt;
    case I::QueueFlushed:
        return state == S::Synchronising ? std::optional(S::Online) : std::nullopt;
    case I::LinkSlow:
        return state == S::Online ? std::optional(S::Degraded) : std::nullopt;
    case I::LinkRestored:
        return state == S::Degraded ? std::optional(S::Online) : std::nullopt;
    case I::LinkLost:
        return trying || connected.contains(state) ? std::optional(S::Waiting) : std::nullopt;
    case I::AttemptsExhausted:
        return trying || state == S::Waiting || connected.contains(state) ? std::optional(S::Closed)
                                                                          : std::nullopt;
    case I::ServerRefused:
        return state == S::Handshaking || connected.contains(state) ? std::optional(S::Refused)
                                                                    : std::nullopt;
    case I::IdentityChanged:
        return trying || connected.contains(state) ? std::optional(S::Untrusted) : std::nullopt;
    case I::DisconnectRequested:
        return state == S::Offline ? std::nullopt : std::optional(S::Offline);
    }
    return std::nullopt;
}

} // namespace

class tst_connectionstatemachine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPair_data();
    void everyPair();
    void illegalInputIsRefusedAloud();
    void randomWalkStaysLegal();
    void everyStateCanBeLeft();
};

void tst_connectionstatemachine::everyPair_data()
{
    QTest::addColumn<ConnectionState>("state");
    QTest::addColumn<ConnectionInput>("input");
    const auto states = QMetaEnum::fromType<ConnectionState>();
    const auto inputs = QMetaEnum::fromType<ConnectionInput>();
    for (int s = 0; s < states.keyCount(); ++s) {
        for (int i = 0; i < inputs.keyCount(); ++i)
            QTest::addRow("%s %s", states.key(s), inputs.key(i)) << S(states.value(s)) << I(inputs.value(i));
    }
}

void tst_connectionstatemachine::everyPair()
{
    QFETCH(ConnectionState, state);
    QFETCH(ConnectionInput, input);
    QVERIFY(nextState(state, input) == expectedState(state, input));
}

void tst_connectionstatemachine::illegalInputIsRefusedAloud()
{
    ConnectionStateMachine machine(u"/chat"_s);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"/chat.*Offline.*QueueFlushed"_s));
    QVERIFY(!machine.apply(ConnectionInput::QueueFlushed));
    QCOMPARE(machine.state(), ConnectionState::Offline);
    QVERIFY(machine.apply(ConnectionInput::ConnectRequested));
    QCOMPARE(machine.state(), ConnectionState::Connecting);
}

void tst_connectionstatemachine::randomWalkStaysLegal()
{
    // What it says about each refused input is illegalInputIsRefusedAloud()'s; here it would be half a
    // million lines.
    QLoggingCategory::setFilterRules(u"hubbub.client.state.warning=false"_s);
    QRandomGenerator random(42);
    ConnectionStateMachine machine(u"/"_s);
    QSet<int> visited;
    for (int step = 0; step < 1'000'000; ++step) {
        const auto input = ConnectionInput(random.bounded(11));
        const std::optional<ConnectionState> expected = expectedState(machine.state(), input);
        const ConnectionState before = machine.state();
        if (machine.apply(input) != expected.has_value() || machine.state() != expected.value_or(before))
            QFAIL(qPrintable(u"step %1: state %2, input %3"_s.arg(step).arg(int(before)).arg(int(input))));
        visited.insert(int(machine.state()));
    }
    QLoggingCategory::setFilterRules({});
    QCOMPARE(visited.size(), QMetaEnum::fromType<ConnectionState>().keyCount());
}

void tst_connectionstatemachine::everyStateCanBeLeft()
{
    const auto states = QMetaEnum::fromType<ConnectionState>();
    for (int s = 0; s < states.keyCount(); ++s) {
        const S state = S(states.value(s));
        QVERIFY(nextState(state, I::ConnectRequested) || nextState(state, I::DisconnectRequested));
    }
}

QTEST_GUILESS_MAIN(tst_connectionstatemachine)
#include "tst_connectionstatemachine.moc"
