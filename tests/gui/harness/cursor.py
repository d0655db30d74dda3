# SPDX-License-Identifier: MIT
"""How the mouse pointer looks now: the X server's own word (XFixes)."""
import ctypes
import functools


class _Image(ctypes.Structure):
    _fields_ = [("x", ctypes.c_short), ("y", ctypes.c_short), ("width", ctypes.c_ushort), ("height", ctypes.c_ushort),
                ("xhot", ctypes.c_ushort), ("yhot", ctypes.c_ushort), ("serial", ctypes.c_ulong),
                ("pixels", ctypes.POINTER(ctypes.c_ulong)), ("atom", ctypes.c_ulong), ("name", ctypes.c_char_p)]


@functools.cache
def _server():
    x, fixes = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXfixes.so.3")
    x.XOpenDisplay.restype = ctypes.c_void_p
    x.XFree.argtypes = [ctypes.c_void_p]
    fixes.XFixesGetCursorImage.argtypes = [ctypes.c_void_p]
    fixes.XFixesGetCursorImage.restype = ctypes.POINTER(_Image)
    display = x.XOpenDisplay(None)
    fixes.XFixesQueryExtension(ctypes.c_void_p(display), ctypes.byref(ctypes.c_int()), ctypes.byref(ctypes.c_int()))
    return x, fixes, display


def shape():
    """Its pixels: two shapes are the same when they look the same."""
    x, fixes, display = _server()
    image = fixes.XFixesGetCursorImage(display)
    now = image.contents
    pixels = tuple(now.pixels[i] & 0xFFFFFFFF for i in range(now.width * now.height))
    answer = (now.width, now.height, pixels)
    x.XFree(ctypes.cast(image, ctypes.c_void_p))
    return answer
