// SPDX-License-Identifier: MIT
// Text in the house's font and colour, always plain: what people wrote is never read as markup.
// HText { text: room.name; font: Fonts.bodyStrong; color: Theme.textSecondary }
import QtQuick
import Hubbub.Ui

Text {
    textFormat: Text.PlainText
    font: Fonts.body
    color: Theme.text
    elide: wrapMode === Text.NoWrap ? Text.ElideRight : Text.ElideNone
    lineHeight: wrapMode === Text.NoWrap ? 1 : Metrics.wrappedLine
    verticalAlignment: Text.AlignVCenter
    renderType: Text.QtRendering
    Accessible.role: Accessible.StaticText
    Accessible.name: text
    Accessible.ignored: text === ""
}
