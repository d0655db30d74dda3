// SPDX-License-Identifier: MIT
// A place of the app a person can go to.
import QtQml

QtObject {
    property string page
    property string icon
    property string text
    property bool needsServer: false
}
