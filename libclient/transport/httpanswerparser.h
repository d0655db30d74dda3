// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QList>
#include <QtCore/QString>

#include <memory>
#include <utility>

namespace EngineIo
{

/// Reads the HTTP/1.x answers of one connection, one at a time. Interim answers (1xx) are passed over.
/// Thread: any one; not shared.
class HttpAnswerParser
{
public:
    enum class State : quint8 { Head, Body, Complete, Failed };

    static constexpr qsizetype maxHeadBytes = 64 * 1024;
    static constexpr qsizetype maxFields = 100; ///< the bound Qt and Node use is of the same order

    HttpAnswerParser();
    ~HttpAnswerParser();

    State state() const { return m_state; }
    bool isUntouched() const; ///< nothing of an answer has come

    void feed(QByteArrayView bytes);
    void endOfInput(); ///< the server closed the connection: the end of some answers, a failure for others

    int status() const; ///< 0 until the head is complete
    QByteArray header(QByteArrayView name) const; ///< the first of that name; empty if there is none
    QList<QByteArray> headers(QByteArrayView name) const;
    bool keepsAlive() const; ///< once complete: the connection may serve another request

    QByteArray takeBody(); ///< what came of the body since the last time
    QString problem() const { return m_problem; } ///< once failed

    void reset(); ///< ready for the next answer

private:
    class Engine;

    void proceed(QByteArrayView bytes);
    void headDone();
    void fail(const QString &problem);

    std::unique_ptr<Engine> m_engine;
    QByteArray m_unread; ///< the beginning of something that is not whole yet
    QString m_problem;
    State m_state = State::Head;
};

} // namespace EngineIo
