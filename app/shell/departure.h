// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QObject>
#include <QtCore/QTimer>
#include <QtQml/qqmlregistration.h>

class QJSEngine;
class QQmlEngine;

namespace Hubbub::App
{

class HostController;
class Servers;

/// How the program ends: a host is asked first, then everybody is told goodbye and what waits is on disk
/// before it is over. Thread: GUI.
class Departure : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(bool asking READ isAsking NOTIFY changed)
    Q_PROPERTY(bool leaving READ isLeaving NOTIFY changed)
    Q_PROPERTY(QString question READ question NOTIFY changed)
public:
    enum class State { Here, Asking, Leaving, Gone };
    /// How long a hosted server may take to say goodbye.
    static constexpr std::chrono::milliseconds patience{5'000};

    Departure(Servers *servers, HostController *host, QObject *parent);
    static Departure *create(QQmlEngine *engine, QJSEngine *);

    State state() const { return m_state; }
    bool isAsking() const { return m_state == State::Asking; }
    bool isLeaving() const { return m_state == State::Leaving; }
    QString question() const; ///< "3 people are connected. The room closes for them."

    void request(); ///< the person wants to quit; while hosting this asks
    Q_INVOKABLE void confirm();
    Q_INVOKABLE void cancel();
    void leave(); ///< without asking: the system wants the program to end
    void waitUntilGone(); ///< leave(), and come back when it is over; for the end of main()

Q_SIGNALS:
    void changed();
    void asked(); ///< the question wants to be seen, perhaps again
    void left();

private:
    void move(State state);
    void check();

    Servers *m_servers;
    HostController *m_host;
    State m_state = State::Here;
    QTimer m_patience;
};

} // namespace Hubbub::App
