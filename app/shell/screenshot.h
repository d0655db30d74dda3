// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <functional>

class QQuickWindow;

namespace Hubbub::App
{

/// Saves one picture of the window when nothing has been drawn for a moment and `ready` holds, or has held
/// for long while something keeps moving, or after a deadline, and ends the program: 0, or 1 if the file
/// could not be written. Thread: GUI.
class Screenshot : public QObject
{
    Q_OBJECT
public:
    Screenshot(QQuickWindow *window, const QString &file, std::function<bool()> ready);

private:
    void drawn();
    void settled();
    void take();

    QQuickWindow *m_window;
    QString m_file;
    std::function<bool()> m_ready;
    QTimer m_settle;
    QTimer m_patience;
    QTimer m_deadline;
};

} // namespace Hubbub::App
