# SPDX-License-Identifier: MIT
"""Whether something shows that it has the keyboard."""
from . import pictures

ACCENT = (0x24, 0x59, 0xD6)  # of the light theme
LEAST_RING = 24  # pixels of accent; the smallest target's ring has far more


def accents(image):
    return sum(count for count, colour in image.getcolors(maxcolors=1 << 20) if colour == ACCENT)


def rings_of(box):
    """How much accent there is in a band along the edge of a box, where its ring is, and in all of it, where the ring
    of a row may run closer to its words."""
    outside, inside = 14, 4  # the composer draws its frame that far around the words
    x, y = max(0, box.x - outside), max(0, box.y - outside)
    image = pictures.grab(x, y, box.width + 2 * outside, box.height + 2 * outside).convert("RGB")
    everything = accents(image)
    margin = outside + inside
    image.paste((0, 0, 0), (margin, margin, max(margin, image.width - margin), max(margin, image.height - margin)))
    return accents(image), everything
