// SPDX-License-Identifier: MIT
#pragma once

#include "libclient/transport/servercertificate.h"

#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtCore/QStringList>
#include <QtQml/qqmlregistration.h>

#include <memory>

namespace SocketIo
{
class Manager;
class Socket;
} // namespace SocketIo

namespace Hubbub::App
{

class ProfileTrust;

/// Whether a person trusts a server that no authority vouches for, asked when its connection becomes
/// Untrusted, and what was answered. Thread: GUI.
class TrustQuestion : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a ServerSession")
    Q_PROPERTY(Situation situation READ situation NOTIFY changed)
    Q_PROPERTY(bool asking READ isAsking NOTIFY changed)
    Q_PROPERTY(QString server READ server CONSTANT)
    Q_PROPERTY(QStringList fingerprint READ fingerprint NOTIFY changed)
    Q_PROPERTY(QStringList knownFingerprint READ knownFingerprint NOTIFY changed)
    Q_PROPERTY(QString why READ why NOTIFY changed)
    Q_PROPERTY(QString problem READ problem NOTIFY changed)
    Q_PROPERTY(bool known READ isKnown NOTIFY knownChanged)
public:
    enum Situation : quint8 {
        Settled, ///< nothing to decide
        FirstSeen, ///< the server is not known, and no authority vouches for it
        OtherThanKnown, ///< it shows another certificate than the one it is known by
        ListDamaged, ///< nobody can tell, because the file of known servers cannot be read
    };
    Q_ENUM(Situation)

    /// Watches the socket. `server` is "host:port", the name in the trust store; empty for one without TLS,
    /// which is never asked about nor known.
    TrustQuestion(SocketIo::Socket *socket, QString server, std::shared_ptr<ProfileTrust> store,
                  QObject *parent);

    Situation situation() const { return m_situation; }
    bool isAsking() const { return m_situation != Settled; }
    QString server() const { return m_server; }
    QStringList fingerprint() const; ///< SHA-256 of what it shows, in four lines of eight pairs
    QStringList knownFingerprint() const; ///< likewise, of what it is known by; empty if it is not known
    QString why() const; ///< sentences: why it was not accepted
    QString problem() const
    {
        return m_problem;
    } ///< why the last answer could not be carried out; a sentence
    bool isKnown() const { return m_known; } ///< the person has trusted it

    /// FirstSeen: what is shown, from now on; connects. unkept() follows if it is not for long.
    Q_INVOKABLE void trust();
    /// OtherThanKnown: likewise. One of its own, so that no answer to the milder question counts for this
    /// one.
    Q_INVOKABLE void trustAnew();
    Q_INVOKABLE void decline(); ///< declined() follows; the owner ends the connection
    Q_INVOKABLE void startOver(); ///< ListDamaged: connects anew; a list that is still damaged is put aside
    Q_INVOKABLE void forget(); ///< forgotten() follows; asked again at the next connect

Q_SIGNALS:
    void changed();
    void knownChanged();
    void declined();
    void forgotten();
    void unkept(const QString &reason); ///< trusted or forgotten until the program ends; a sentence

private:
    void readSocket();
    void readStore();
    void accept();
    void setProblem(const QString &problem);

    QPointer<SocketIo::Socket> m_socket;
    const QString m_server;
    const std::shared_ptr<ProfileTrust> m_store;
    Situation m_situation = Settled;
    EngineIo::ServerCertificate m_shown;
    QString m_why;
    QString m_problem;
    bool m_known = false;
};

} // namespace Hubbub::App
