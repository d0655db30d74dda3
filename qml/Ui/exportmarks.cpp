// SPDX-License-Identifier: MIT
// Writes the app's mark as PNG files for packages: hubbub-export-marks FOLDER makes FOLDER/hubbub-16.png …
// hubbub-512.png.
#include "qml/Ui/mark.h"

#include <QtCore/QDir>
#include <QtGui/QGuiApplication>

#include <cstdio>

using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QGuiApplication app(argc, argv);
    const QDir folder(app.arguments().value(1));
    if (app.arguments().size() != 2 || !folder.mkpath(u"."_s)) {
        std::fputs("usage: hubbub-export-marks FOLDER\n", stderr);
        return 2;
    }
    for (const int size : {16, 22, 24, 32, 48, 64, 128, 256, 512}) {
        const QString path = folder.filePath(u"hubbub-%1.png"_s.arg(size));
        if (!Hubbub::Ui::markImage(size).save(path)) {
            std::fprintf(stderr, "cannot write %s\n", qPrintable(path));
            return 1;
        }
    }
    return 0;
}
