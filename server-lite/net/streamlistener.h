// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QtGlobal>

#include <span>

namespace Hubbub
{

/// Hears what happens to a stream. May do with the stream what it likes, destroy it for one. Thread: the
/// stream's.
class StreamListener
{
public:
    /// The bytes are the listener's to change, and gone after the call.
    virtual void bytesReceived(std::span<char> bytes) = 0;
    /// Of those that had to wait.
    virtual void bytesSent(qint64) { }
    /// The connection is over: by the peer's end of it for 0, else by that error of the system. Not told
    /// after the stream was closed from here.
    virtual void streamEnded(int error) = 0;

protected:
    ~StreamListener() = default;
};

/// What streams read into: one for all of a thread, since nobody keeps what is in it. Thread: any.
std::span<char> sharedReceiveBuffer();

} // namespace Hubbub
