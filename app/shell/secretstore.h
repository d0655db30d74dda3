// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/protocol/error.h"

#include <QtCore/QObject>

#include <functional>

namespace Hubbub::App
{

/// What nobody else may read, in the keychain of the system and nowhere else: without one, nothing is kept.
/// Every answer comes later, while `context` lives; it may wait for the person to unlock the keychain.
/// Errors: "no-keychain", and when reading "no-secret". Thread: GUI.
class SecretStore : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    void read(const QString &key, QObject *context, std::function<void(const Result<QString> &)> answer);
    void write(const QString &key, const QString &secret, QObject *context,
               std::function<void(const Result<void> &)> answer);
    void forget(const QString &key); ///< nothing more can be done if that fails
};

} // namespace Hubbub::App
