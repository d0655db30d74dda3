// SPDX-License-Identifier: MIT
#include "app/shell/screenshot.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QImage>
#include <QtQuick/QQuickWindow>

#include <chrono>
#include <cstdio>

namespace Hubbub::App
{

using namespace std::chrono_literals;

namespace
{
constexpr auto stillness = 600ms; // longer than any of our animations
constexpr auto patience = 1500ms; // with what moves for good, such as the dots of somebody typing
constexpr auto deadline = 15s;
} // namespace

Screenshot::Screenshot(QQuickWindow *window, const QString &file, std::function<bool()> ready)
    : QObject(window)
    , m_window(window)
    , m_file(file)
    , m_ready(std::move(ready))
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(stillness);
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(deadline);
    connect(&m_settle, &QTimer::timeout, this, &Screenshot::settled);
    connect(&m_patience, &QTimer::timeout, this, &Screenshot::take);
    connect(&m_deadline, &QTimer::timeout, this, &Screenshot::take);
    connect(window, &QQuickWindow::frameSwapped, this, &Screenshot::drawn);
    m_settle.start();
    m_deadline.start();
}

void Screenshot::drawn()
{
    m_settle.start();
    if (!m_ready())
        m_patience.stop();
    else if (!m_patience.isActive())
        m_patience.start();
}

void Screenshot::settled()
{
    if (m_ready())
        take();
    else
        m_settle.start();
}

void Screenshot::take()
{
    m_settle.stop();
    m_patience.stop();
    m_deadline.stop();
    m_window->disconnect(this);
    const bool saved = m_window->grabWindow().save(m_file);
    if (!saved)
        std::fprintf(stderr, "hubbub: can't write %s\n", qPrintable(m_file));
    QCoreApplication::exit(saved ? 0 : 1);
}

} // namespace Hubbub::App
