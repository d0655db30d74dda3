// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QSortFilterProxyModel>
#include <QtQml/qqmlregistration.h>

namespace Hubbub
{

/// The rooms whose title holds every word typed into the search field, in the order of the source. Rooms that
/// were left show only when they are looked for. Thread: GUI.
class RoomFilter : public QSortFilterProxyModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged)
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    QString text() const { return m_words.join(u' '); }
    void setText(const QString &text);

Q_SIGNALS:
    void textChanged();

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;

private:
    QStringList m_words;
};

} // namespace Hubbub
