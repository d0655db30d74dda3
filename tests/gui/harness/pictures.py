# SPDX-License-Identifier: MIT
"""Pictures of windows, pixel for pixel, for people to look at beside the mockups."""
import os
import pathlib

from PIL import ImageGrab

FOLDER = pathlib.Path(os.environ.get("HUBBUB_PICTURES", "build/screenshots"))


def grab(x, y, width, height):
    return ImageGrab.grab(bbox=(x, y, x + width, y + height), xdisplay=os.environ["DISPLAY"])


def keep(image, name):
    path = FOLDER / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path)


def colours(image):
    """How many colours there are; a window that never painted has one."""
    return len(image.getcolors(maxcolors=1 << 20) or range(1 << 20))
