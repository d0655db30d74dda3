// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QObject>
#include <QtCore/QVariant>

class QDBusVariant;

namespace Hubbub::Ui
{

/// Whether the desktop prefers dark. Asks the portal org.freedesktop.portal.Settings without blocking and
/// listens to it; before its answer, and without a session bus, the luminance of the palette decides. Thread:
/// GUI.
class SystemTheme : public QObject
{
    Q_OBJECT

public:
    explicit SystemTheme(QObject *parent = nullptr);

    bool isDark() const { return m_dark; }

Q_SIGNALS:
    void darkChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private Q_SLOTS:
    void onSettingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void askPortal();
    void takePortalValue(const QVariant &value);
    void setDark(bool dark);

    bool m_dark = false;
    bool m_portalKnows = false;
};

} // namespace Hubbub::Ui
