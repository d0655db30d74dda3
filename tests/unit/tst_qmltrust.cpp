// SPDX-License-Identifier: MIT
// What a QML program hears of a certificate that only the upgrade met: it is Online, and no state changes.
#include "libclient/qml/qmlsocket.h"
#include "libclient/transport/knownhosts.h"
#include "tests/support/gate.h"
#include "tests/support/secureserver.h"
#include "tests/support/testcertificate.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using SocketIo::QmlSocket;

class tst_qmltrust : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void anUpgradesCertificateIsTold();
};

void tst_qmltrust::anUpgradesCertificateIsTold()
{
    constexpr int patience = 30'000;
    const QSslConfiguration first = testCertificate();
    const QSslConfiguration met = testCertificate();
    SecureServer server(first);
    Gate gate(quint16(server.url().port()));
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"known_hosts"_s);
    QVERIFY(EngineIo::KnownHosts(file).trust(gate.name(), fingerprintOf(first)));

    QmlSocket socket;
    socket.setTransports({u"polling"_s, u"websocket"_s});
    socket.setKnownHosts(file);
    socket.setUrl(gate.url());
    socket.classBegin();
    socket.componentComplete();
    QTRY_VERIFY_WITH_TIMEOUT(socket.isConnected(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(gate.held(), 1, patience); // the candidate
    QCOMPARE(socket.untrustedFingerprint(), QString());

    QSignalSpy changed(&socket, &QmlSocket::untrustedFingerprintChanged);
    server.show(met);
    gate.open();
    QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, patience);
    const QString shown = EngineIo::fingerprintText(fingerprintOf(met));
    QCOMPARE(socket.untrustedFingerprint(), shown);
    QVERIFY(socket.isConnected());

    QVERIFY(socket.trustCertificate(shown));
    QCOMPARE(changed.size(), 2);
    QCOMPARE(socket.untrustedFingerprint(), QString());
}

QTEST_GUILESS_MAIN(tst_qmltrust)
#include "tst_qmltrust.moc"
