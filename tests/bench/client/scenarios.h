// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QUrl>

#include <ctime>

// What bench-client can do; each runs the event loop, prints one line and gives the exit code.

/// Joins the namespace /, counts "new-message" events until "done", and prints what they cost: "N events R/s
/// cpu/event Uus". Emits "start" once connected, for servers that wait for it. The handler is typed, as a
/// program's would be: the chat's message as a Q_GADGET if the first event fits it, else the first argument
/// as a value.
int receiveEvents(const QUrl &url);

/// Emits "echo" for a time, as often as its acks come with so many on their way. JSON: roundTrips, perSecond,
/// microsecondsPerRoundTrip (processor time).
int measureRoundTrips(const QUrl &url, int inFlight, double seconds);

/// Opens so many connections, all in this process, and rests. JSON: sockets, residentKib, kibPerSocket.
int holdSockets(const QUrl &url, int count);

/// Emits "bcast" so many times while there is no connection, then connects, and sees whether they come back
/// in order. JSON: events, inOrder, enqueueMilliseconds, longestTurnMilliseconds (processor time, both).
int emitOffline(const QUrl &url, int count);

/// Processor time of this process, user and system, in microseconds.
inline double processorTime()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e6 + double(now.tv_nsec) / 1e3;
}
