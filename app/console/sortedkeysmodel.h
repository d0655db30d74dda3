// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QAbstractListModel>
#include <QtCore/QElapsedTimer>
#include <QtCore/QHash>
#include <QtCore/QSet>
#include <QtCore/QTimer>
#include <QtQml/qqmlregistration.h>

namespace Hubbub::App
{

/// A filtered and sorted list of rows that are kept elsewhere under a key. Rows that stay keep their
/// identity; new order is made at most once a second, so that lines do not run away under the pointer.
/// Thread: GUI.
class SortedKeysModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ANONYMOUS
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY filterChanged)
    Q_PROPERTY(QString sortRole READ sortRoleName WRITE setSortRoleName NOTIFY sortChanged)
    Q_PROPERTY(bool sortDescending READ isSortDescending WRITE setSortDescending NOTIFY sortChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    static constexpr std::chrono::milliseconds resortPause{1'000};

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    int count() const { return int(m_rows.size()); }
    QString filter() const { return m_filter; }
    void setFilter(const QString &filter);
    QString sortRoleName() const { return m_sortRoleName; }
    void setSortRoleName(const QString &role);
    bool isSortDescending() const { return m_descending; }
    void setSortDescending(bool descending);

Q_SIGNALS:
    void filterChanged();
    void sortChanged();
    void countChanged();

protected:
    SortedKeysModel(const QString &sortRole, bool descending, QObject *parent);

    /// A reset keeps what is still there, removes what is not and adds what is new, as any other change.
    void replaceAll();
    void apply(const QSet<QString> &added, const QSet<QString> &changed, const QSet<QString> &removed);
    void sortNow();
    int roleOf(const QString &name) const;

    virtual QStringList allKeys() const = 0;
    virtual bool has(const QString &key) const = 0;
    virtual bool accepts(const QString &key, const QStringList &words) const = 0;
    virtual QVariant value(const QString &key, int role) const = 0;

private:
    bool isBefore(const QString &a, const QString &b) const;
    bool isWanted(const QString &key) const { return has(key) && accepts(key, m_words); }
    void removeRow(int row);
    void insertRow(const QString &key);
    void reindex(int from);
    void scheduleSort();

    QStringList m_rows; ///< keys, in order
    QHash<QString, int> m_rowOf;
    QString m_filter;
    QStringList m_words;
    QString m_sortRoleName;
    bool m_descending;
    QTimer m_resort;
};

} // namespace Hubbub::App
