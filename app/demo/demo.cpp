// SPDX-License-Identifier: MIT
#include "app/demo/demo.h"

#include "app/demo/democast.h"
#include "app/host/hostcontroller.h"
#include "app/shell/application.h"
#include "app/shell/servers.h"
#include "app/shell/settings.h"
#include "server-lite/storage/historystore.h"

#include <QtCore/QDir>
#include <QtCore/QRandomGenerator>
#include <QtCore/QSettings>

#include <algorithm>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace
{

constexpr auto firstTyping = 5s; // long enough to be seen by somebody who looks around first
constexpr int shortestPause = 4'000; // ms between two acts
constexpr int longestPause = 11'000;
constexpr auto typingTime = 2500ms;

int dice(int sides)
{
    return QRandomGenerator::global()->bounded(sides);
}

QStringList roomIds()
{
    QStringList ids;
    for (const FixedRoom &room : DemoCast::rooms())
        ids.append(room.id);
    return ids;
}

} // namespace

Demo::Demo(Application *application)
    : QObject(application)
    , m_application(application)
{
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &Demo::act);
    connect(application->host(), &HostController::stateChanged, this, [this] {
        if (m_application->host()->state() == HostController::Running && !m_invited)
            invite();
    });
}

Demo::~Demo() = default;

void Demo::prepareProfile(const QString &dir)
{
    QSettings file(QDir(dir).filePath(u"settings.ini"_s), QSettings::IniFormat);
    file.setValue(u"person/userId"_s, DemoCast::me().id);
}

void Demo::start()
{
    m_application->settings()->setName(DemoCast::me().username);
    seed();
}

/// The past goes straight into the history, with its own times; the server opens it afterwards.
void Demo::seed()
{
    m_history = std::make_unique<HistoryStore>();
    if (!m_history->open(m_dir.path()))
        return host();
    QHash<QString, QString> names;
    for (const ChatUser &user : DemoCast::people() + QList<ChatUser>{DemoCast::me()})
        names.insert(user.id, user.username);
    const QDateTime now = QDateTime::currentDateTime();
    for (const DemoCast::Line &line : DemoCast::history()) {
        const bool mine = line.userId == DemoCast::me().id;
        const qint64 at = now.addSecs(-60 * line.minutesAgo).toMSecsSinceEpoch();
        m_history->append({line.roomId,
                           mine ? m_application->settings()->userId() : line.userId,
                           names.value(line.userId),
                           line.text,
                           {},
                           at},
                          this, [](const Result<AppendResult> &) {});
    }
    m_history->flush(this, [this] { host(); });
}

void Demo::host()
{
    m_history.reset();
    HostController::Plan plan;
    plan.address = QHostAddress(QHostAddress::LocalHost);
    plan.dataDir = m_dir.path();
    plan.rooms = DemoCast::rooms();
    plan.known = DemoCast::people();
    m_application->host()->setPlan(plan);
    m_application->host()->start(DemoCast::title());
}

void Demo::invite()
{
    m_invited = true;
    ServerSession *session = m_application->host()->session();
    for (const FixedRoom &room : DemoCast::rooms())
        session->chat()->ensureRoom(room.id, room.title);
    leaveDraft();
    session->chat()->openRoom(DemoCast::rooms().first().id);
    for (const ChatUser &user : DemoCast::people()) {
        auto *person =
            new DemoUser(session->url(), user, m_application->host()->tokenFor(user.id), roomIds(), this);
        m_users.append(person);
        m_awaited += 1;
        connect(
            person, &DemoUser::arrived, this,
            [this] {
                m_awaited -= 1;
                if (m_awaited == 0)
                    open();
            },
            Qt::SingleShotConnection);
        person->come();
    }
    Q_EMIT started();
}

void Demo::leaveDraft()
{
    const DemoCast::Line line = DemoCast::draft();
    if (Room *room = m_application->host()->session()->chat()->openRoom(line.roomId))
        room->setDraft(line.text);
}

void Demo::open()
{
    for (const DemoCast::Line &line : DemoCast::opening())
        user(line.userId)->say(line.roomId, line.text);
    m_users.last()->go();
    speak(user(DemoCast::firstTypist()), roomIds().first(), firstTyping);
    m_next.start(firstTyping + 1ms * shortestPause);
    m_open = true;
}

DemoUser *Demo::user(const QString &userId) const
{
    return *std::find_if(m_users.begin(), m_users.end(),
                         [&userId](const DemoUser *user) { return user->user().id == userId; });
}

void Demo::act()
{
    m_next.start(shortestPause + dice(longestPause - shortestPause));
    if (m_application->host()->state() != HostController::Running || m_users.isEmpty())
        return;
    DemoUser *user = m_users.at(dice(int(m_users.size())));
    // The last one is the one who comes and goes.
    if (user == m_users.last() || !user->isThere()) {
        user->isThere() ? user->go() : user->come();
        return;
    }
    const QStringList rooms = roomIds();
    speak(user, dice(2) == 0 ? rooms.first() : rooms.at(dice(int(rooms.size()))), typingTime);
}

void Demo::speak(DemoUser *user, const QString &roomId, std::chrono::milliseconds typing)
{
    user->startTyping(roomId);
    QTimer::singleShot(typing, user, [this, user, roomId] {
        const QStringList lines = DemoCast::smallTalk(roomId);
        int &said = m_said[roomId];
        user->say(roomId, lines.at(said % lines.size()));
        said += 1;
    });
}

} // namespace Hubbub::App
