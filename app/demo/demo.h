// SPDX-License-Identifier: MIT
#pragma once

#include "app/demo/demouser.h"

#include <QtCore/QHash>
#include <QtCore/QObject>
#include <QtCore/QTemporaryDir>
#include <QtCore/QTimer>

namespace Hubbub
{
class HistoryStore;
}

namespace Hubbub::App
{

class Application;

/// The app at work without a network: a real server in this program with a past, and made-up people who are
/// real clients of it. They talk, type, come and go, never more often than every two seconds. Thread: GUI.
class Demo : public QObject
{
    Q_OBJECT
public:
    explicit Demo(Application *application);
    ~Demo() override;

    /// Makes a new profile that of the made-up user; to be called before there is an Application.
    static void prepareProfile(const QString &dir);
    void start();
    bool isOpen() const { return m_open; } ///< everybody is there and the first words have been said

Q_SIGNALS:
    void started(); ///< the server runs and the people are on their way

private:
    void seed();
    void host();
    void invite();
    void leaveDraft();
    void open();
    void act();
    void speak(DemoUser *user, const QString &roomId, std::chrono::milliseconds typing);
    DemoUser *user(const QString &userId) const;

    Application *m_application;
    QTemporaryDir m_dir;
    std::unique_ptr<HistoryStore> m_history;
    QList<DemoUser *> m_users;
    QHash<QString, int> m_said; ///< lines of small talk used up, by room
    QTimer m_next;
    int m_awaited = 0; ///< people on their way
    bool m_invited = false;
    bool m_open = false;
};

} // namespace Hubbub::App
