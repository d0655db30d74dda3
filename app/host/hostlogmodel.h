// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QAbstractListModel>
#include <QtCore/QDateTime>
#include <QtQml/qqmlregistration.h>

namespace Hubbub::App
{

/// What happened while hosting, newest first; the last 500 lines. Thread: GUI.
class HostLogModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to Host")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    static constexpr int kept = 500;
    enum Role { TimeRole = Qt::UserRole + 1, IconRole, TextRole, DetailRole };
    Q_ENUM(Role)

    explicit HostLogModel(QObject *parent);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    int count() const { return int(m_lines.size()); }

    /// `icon` is a name of the icon set; `detail` may be empty.
    void add(const QString &icon, const QString &text, const QString &detail = {});

Q_SIGNALS:
    void countChanged();

private:
    struct Line {
        QDateTime time;
        QString icon;
        QString text;
        QString detail;
    };
    QList<Line> m_lines;
};

} // namespace Hubbub::App
