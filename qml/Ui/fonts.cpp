// SPDX-License-Identifier: MIT
#include "qml/Ui/fonts.h"

#include "qml/Ui/logging.h"
#include "resources/resources.h"

#include <QtGui/QFont>
#include <QtGui/QFontDatabase>
#include <QtGui/QGuiApplication>
#include <QtQml/QQmlExtensionPlugin>

// Here, so that a program has to name only the module it uses.
Q_IMPORT_QML_PLUGIN(Hubbub_Ui_CorePlugin)

using namespace Qt::StringLiterals;

namespace Hubbub::Ui
{

bool loadFonts()
{
    const QStringList paths = Resources::fonts();
    bool complete = !paths.isEmpty();
    for (const QString &path : paths) {
        if (QFontDatabase::addApplicationFont(path) < 0) {
            qCWarning(lcUi) << "cannot use the font" << path;
            complete = false;
        }
    }
    // Letters that Inter Num does not have come from Inter, and those Inter does not have from the system.
    QFont::insertSubstitution(u"Inter Num"_s, u"Inter"_s);
    QFont font(u"Inter"_s);
    font.setPixelSize(14);
    font.setHintingPreference(QFont::PreferNoHinting);
    QGuiApplication::setFont(font);
    return complete;
}

} // namespace Hubbub::Ui
