// SPDX-License-Identifier: MIT
#include "app/demo/democast.h"

#include <algorithm>

namespace Hubbub::App::DemoCast
{

using namespace Qt::StringLiterals;

namespace
{
// The numbers give each of them a colour of their own.
const QString mara = u"u_mara_3"_s;
const QString tomas = u"u_tomas_1"_s;
const QString priya = u"u_priya_2"_s;
const QString aiko = u"u_aiko_6"_s;
const QString jonas = u"u_jonas_7"_s;
const QString sam = u"u_sam_4"_s;
const QString lena = u"u_lena_8"_s;
} // namespace

QString title()
{
    return u"Northlight Transit"_s;
}

ChatUser me()
{
    return {lena, u"Lena Hoffmann"_s};
}

QList<ChatUser> people()
{
    return {{mara, u"Mara Lindqvist"_s}, {tomas, u"Tomás Reyes"_s}, {priya, u"Priya Nair"_s},
            {aiko, u"Aiko Tanaka"_s},    {jonas, u"Jonas Weber"_s}, {sam, u"Sam Okafor"_s}};
}

QList<FixedRoom> rooms()
{
    return {{u"departures-board"_s, u"departures-board"_s}, {u"ops-alerts"_s, u"ops-alerts"_s},
            {u"release-0-9"_s, u"release-0-9"_s},           {u"map-tiles"_s, u"map-tiles"_s},
            {u"stop-displays"_s, u"stop-displays"_s},       {u"lunch"_s, u"lunch"_s}};
}

QList<Line> history()
{
    QList<Line> lines{
        {1508, u"departures-board"_s, mara, u"The twelve boards are here. Nothing broken on the way."_s},
        {1503, u"departures-board"_s, tomas,
         u"I have the feed on a test board: 4 lines, 3 trams each, live."_s},
        {1502, u"departures-board"_s, tomas, u"It shows the minutes and nothing else. No ads, no weather."_s},
        {1496, u"departures-board"_s, priya, u"Can it be read by someone who does not see the colours?"_s},
        {1491, u"departures-board"_s, aiko,
         u"Yes. Lines have their number in a box, delays a sign in front. I checked it in grey."_s},
        {1470, u"departures-board"_s, lena, u"Then we go on platform 7 first and watch it for a day."_s},
        {125, u"lunch"_s, sam, u"Dumplings at 12?"_s},
        {123, u"lunch"_s, jonas, u"In. The place by the depot."_s},
        {121, u"lunch"_s, priya, u"Save me a seat!"_s},
        {87, u"stop-displays"_s, jonas, u"Firmware 2.4 is out. Displays 1 to 6 have it."_s},
        {84, u"stop-displays"_s, aiko,
         u"Display 9 wants a restart after it, the rest came up by themselves."_s},
        {80, u"stop-displays"_s, jonas, u"Noted for the checklist."_s},
        {61, u"departures-board"_s, mara, u"Morning. The new board goes up on platform 7 today."_s},
        {58, u"departures-board"_s, tomas, u"I’ll watch the feed while you mount it."_s},
        {52, u"departures-board"_s, sam, u"Power and network are up at the pole, both measured."_s},
        {51, u"departures-board"_s, sam, u"The cabinet closes again, too. I am off to stop 3."_s},
        {44, u"map-tiles"_s, aiko, u"The harbour tiles are sharp now, zoom 14 and up."_s},
        {41, u"map-tiles"_s, mara, u"Beautiful. The ferry line sits right at last."_s},
        {33, u"departures-board"_s, mara,
         u"Platform 7 is up. Readable from the far bench, even in full sun."_s},
        {32, u"departures-board"_s, aiko, u"That contrast!"_s},
        {27, u"departures-board"_s, tomas,
         u"Latency fix is in. Displays only get what changed since their last tick."_s},
        {26, u"departures-board"_s, tomas, u"About 90 bytes each, down from 1.4 kB."_s},
        {24, u"release-0-9"_s, priya, u"Translations are complete, 23 of 23."_s},
        {22, u"release-0-9"_s, tomas, u"Tests are green on all three machines."_s},
        {18, u"ops-alerts"_s, jonas, u"eu-3 answers slowly, p99 above 60 ms. Looking."_s},
        {16, u"ops-alerts"_s, jonas, u"A restart of the log shipper. Nothing else on it."_s},
        {15, u"departures-board"_s, priya, u"p95 on stop 14 went from 310 to 41 ms."_s},
        {14, u"departures-board"_s, priya, u"Who checked the stop ids?"_s},
        {12, u"departures-board"_s, lena, u"Checked, ids 1 to 11 match the depot list."_s},
        {11, u"departures-board"_s, lena, u"Stop 12 was renamed to Old Mill in March, I’ll fix the row."_s},
        {9, u"departures-board"_s, lena, u"Fixed and pushed. Displays pick it up on the next tick."_s},
        {8, u"ops-alerts"_s, jonas, u"eu-3 is back under 40 ms."_s},
        {7, u"departures-board"_s, mara, u"Seen on platform 7, in full and without dots. Thank you!"_s},
    };
    std::stable_sort(lines.begin(), lines.end(),
                     [](const Line &a, const Line &b) { return a.minutesAgo > b.minutesAgo; });
    return lines;
}

QList<Line> opening()
{
    return {{0, u"ops-alerts"_s, jonas, u"The new certificate is on all three."_s},
            {0, u"ops-alerts"_s, jonas, u"All nodes on time."_s},
            {0, u"stop-displays"_s, aiko, u"Display 9 is back."_s},
            {0, u"release-0-9"_s, priya, u"@Lena please sign off"_s}};
}

Line draft()
{
    return {0, u"map-tiles"_s, lena, u"the harbour tiles are"_s};
}

QString firstTypist()
{
    return tomas;
}

QStringList smallTalk(const QString &roomId)
{
    if (roomId == "departures-board"_L1)
        return {u"Tram 4 shows 2 minutes, and it is 2 minutes. I love this."_s,
                u"Stop 3 has its cabinet open again. On my way."_s,
                u"Can someone at stop 12 confirm the new name is showing?"_s,
                u"Old Mill, in full, no dots. Confirmed."_s,
                u"The evening timetable is in. Nothing jumps when it switches."_s,
                u"Display 7 lost its uplink for 8 seconds and caught up by itself."_s};
    if (roomId == "ops-alerts"_L1)
        return {u"eu-2 reconnected 41 displays in 3 s after the switch."_s,
                u"Disk on eu-1 at 61 %, plenty."_s};
    if (roomId == "release-0-9"_L1)
        return {u"Packages are built, 3 of 3."_s, u"Tagging at four unless somebody shouts."_s};
    if (roomId == "map-tiles"_L1)
        return {u"Zoom 16 of the old town is rendering now."_s, u"12 % done, back tomorrow."_s};
    if (roomId == "stop-displays"_L1)
        return {u"Display 12 is on polling, the modem there is old."_s, u"I’ll bring the spare panel."_s};
    return {u"Coffee machine is fixed."_s, u"There is cake in the depot kitchen."_s};
}

} // namespace Hubbub::App::DemoCast
