// SPDX-License-Identifier: MIT
#pragma once

#include "app/shell/traysummary.h"

#include <QtCore/QTimer>
#include <QtWidgets/QMenu>
#include <QtWidgets/QSystemTrayIcon>

namespace Hubbub::App
{

class Application;

/// The icon in the desktop's tray and its menu. Desktops may bring their tray up late, so it is looked for
/// during the first half minute. Thread: GUI.
class TrayIcon : public QObject
{
    Q_OBJECT
public:
    TrayIcon(Application *application, QObject *parent);

    void explainHiding(); ///< says where the window went

private:
    void lookForTray();
    void scheduleRefresh();
    void refresh();
    TraySummary summary() const;
    void buildMenu(const TraySummary &summary);
    void addHosting(const TraySummary &summary);
    void toggleWindow();

    Application *m_application;
    QMenu m_menu;
    QSystemTrayIcon m_icon;
    QTimer m_search;
    QTimer m_refresh;
    int m_looks = 0;
};

} // namespace Hubbub::App
