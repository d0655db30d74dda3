#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Cut "Inter Num" out of Inter: the same letters, but figures that are tabular without being asked.

Qt 6.4 cannot switch the OpenType feature "tnum" on, so the cut maps digits, signs and points to the glyphs
which that feature would choose. It holds Latin text only; a missing letter falls back to Inter itself.

Usage: make_tabular.py INPUT.otf OUTPUT.otf
"""
import sys

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FAMILY, CUT = "Inter", "Inter Num"
KEPT_RANGES = [(0x20, 0x24F), (0x2000, 0x206F), (0x20A0, 0x20CF), (0x2190, 0x2199), (0x2200, 0x2265)]


def tabular_glyphs(font):
    """Glyph name -> name of its tabular alternate, as the font's own feature table says."""
    table = font["GSUB"].table
    wanted = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
        for index in record.Feature.LookupListIndex
    }
    found = {}
    for index in sorted(wanted):
        for subtable in table.LookupList.Lookup[index].SubTable:
            found.update(getattr(subtable, "ExtSubTable", subtable).mapping)
    return found


def level_signs(font):
    """Signs get the advance of a digit, so that +5 and 15 end and begin together."""
    names, widths = font.getBestCmap(), font["hmtx"]
    digit = widths[names[ord("0")]][0]
    for sign in "+\u2212\u00b1\u2007":
        if ord(sign) in names:
            widths[names[ord(sign)]] = (digit, widths[names[ord(sign)]][1])


def rename(font):
    for record in font["name"].names:
        text = record.toUnicode()
        if record.nameID in (1, 3, 4, 16) and FAMILY in text:
            record.string = text.replace(FAMILY, CUT, 1)
        elif record.nameID == 6:
            record.string = text.replace(FAMILY, CUT.replace(" ", ""), 1)
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [name.replace(FAMILY, CUT.replace(" ", ""), 1) for name in cff.fontNames]


def main():
    source, target = sys.argv[1:3]
    font = TTFont(source, recalcTimestamp=False)
    alternates = tabular_glyphs(font)
    if not alternates:
        sys.exit(f"{source}: has no tabular figures")
    for subtable in font["cmap"].tables:
        if subtable.isUnicode():
            subtable.cmap = {code: alternates.get(glyph, glyph) for code, glyph in subtable.cmap.items()}
    level_signs(font)
    rename(font)
    options = Options()
    options.layout_features = ["ccmp", "kern", "locl", "mark", "mkmk"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in KEPT_RANGES for code in range(first, last + 1)])
    subsetter.subset(font)
    font.save(target)


if __name__ == "__main__":
    main()
