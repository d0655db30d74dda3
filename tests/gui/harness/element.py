# SPDX-License-Identifier: MIT
"""Something on the screen as assistive technology sees it: a role, a name, a place."""
import collections
import functools
import re

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  (the version comes first)

Box = collections.namedtuple("Box", "x y width height")


def centre(box):
    return box.x + box.width // 2, box.y + box.height // 2


def _state(state):
    return property(lambda self: self.states.contains(state))


class Element:
    """One accessible object, asked only for what is needed, and once; the program may have moved on since."""

    showing = _state(Atspi.StateType.SHOWING)
    enabled = _state(Atspi.StateType.SENSITIVE)
    focused = _state(Atspi.StateType.FOCUSED)
    focusable = _state(Atspi.StateType.FOCUSABLE)
    selected = _state(Atspi.StateType.SELECTED)
    checked = _state(Atspi.StateType.CHECKED)

    def __init__(self, node, parent=None):
        self.node = node
        self.parent = parent
        self.states = node.get_state_set()

    @functools.cached_property
    def role(self):
        return self.node.get_role_name()

    @functools.cached_property
    def name(self):
        return self.node.get_name() or ""

    @functools.cached_property
    def box(self):
        """On the screen; empty for what does not show."""
        if not self.showing:
            return Box(0, 0, 0, 0)
        extents = Atspi.Component.get_extents(self.node, Atspi.CoordType.SCREEN)
        return Box(extents.x, extents.y, extents.width, extents.height)

    @property
    def description(self):
        return self.node.get_description() or ""

    @property
    def spoken(self):
        """The name; of a password field the description, since Qt 6.4 keeps the name of one to itself."""
        return self.description if self.role == "password text" else self.name

    @property
    def text(self):
        """What stands in a field."""
        return Atspi.Text.get_text(self.node, 0, -1)

    def children(self):
        for index in range(self.node.get_child_count()):
            child = self.node.get_child_at_index(index)
            if child is not None:
                yield Element(child, self)

    def walk(self):
        """This and all below that show, in reading order; what vanishes on the way is passed over."""
        yield self
        try:
            for child in self.children():
                if child.showing:
                    yield from child.walk()
        except GLib.Error:
            return

    def matches(self, role, name):
        """None fits anything; what vanished meanwhile fits nothing."""
        try:
            return (role is None or self.role == role) and (
                name is None or (name.search(self.name) is not None if isinstance(name, re.Pattern)
                                 else name == self.name))
        except GLib.Error:
            return False

    @property
    def place(self):
        """The box, or an empty one when it vanished meanwhile."""
        try:
            return self.box
        except GLib.Error:
            return Box(0, 0, 0, 0)

    def __repr__(self):
        try:
            return f"{self.role} “{self.name}” at {tuple(self.box)}"
        except GLib.Error:
            return "(gone)"


def program_with(pid):
    """The accessible root of a running program, or None while there is none."""
    desk = Atspi.get_desktop(0)
    desk.clear_cache()
    try:
        for index in range(desk.get_child_count()):
            program = desk.get_child_at_index(index)
            if program is not None and program.get_process_id() == pid:
                # Figures and words change by themselves, so nothing is remembered between two looks.
                program.set_cache_mask(Atspi.Cache.NONE)
                return program
    except GLib.Error:
        return None
    return None
