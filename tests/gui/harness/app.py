# SPDX-License-Identifier: MIT
"""Hubbub as a person meets it: a process with a window, found by what it says about itself."""
import os
import re
import signal

from . import element, pictures, pointer, processes
from .element import GLib
from .waiting import until

PROGRAM = os.environ.get("HUBBUB_APP", "build/bin/hubbub")
_LEAST_WIDTH = 200
# As desktop.MESSAGE_PATTERN marks what Qt, QML and the program itself warn of.
_COMPLAINT = re.compile(r"^(warning|critical|fatal) ")
_WITHOUT_OVERRIDE = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


class App:
    """`name` is the person; `place` is where on the screen the window's corner goes; `held`: permissions count, whoever
    runs the test, where root may otherwise write anyway."""

    def __init__(self, desktop, name, *options, place=(0, 0), size=(1280, 800), theme="light", profile=None, held=False):
        self.name = name
        self.size = size
        self.profile = desktop.folder / (profile or name.split()[0])
        self._log_path = desktop.folder / f"{self.profile.name}.log"
        self._log = open(self._log_path, "a", encoding="utf-8")
        self.process = processes.start(
            [*(_WITHOUT_OVERRIDE if held and os.geteuid() == 0 else ()), PROGRAM, "--profile-dir", str(self.profile), "--name", name, "--theme", theme,
             "--size", f"{size[0]}x{size[1]}", *options], self._log, env=desktop.program_environment())
        self.window = until(self._largest_window, self.explain("a window"))
        pointer.activate(self.window)
        pointer.move(self.window, *place)
        until(lambda: pointer.geometry(self.window)[:2] == place,
              lambda: f"{name}'s window is at {pointer.geometry(self.window)}, not {place}")
        self._root = until(lambda: element.program_with(self.process.pid), self.explain("an accessible program"))
        until(lambda: pictures.colours(self.image()) > 8, self.explain("something painted"))

    def windows(self):
        """The X windows that can be seen, by number; an icon in a tray is a window too, but no window to work in."""
        return list(self._places())

    def _places(self):
        return {w: place for w, place in pointer.places_of(self.process.pid).items() if place[2] >= _LEAST_WIDTH}

    def _largest_window(self):
        if self.process.poll() is not None:
            raise AssertionError(f"hubbub ended with {self.process.returncode}:\n{self.log()}")
        places = self._places()
        return max(places, key=lambda w: places[w][2] * places[w][3], default=None)

    def log(self):
        return self._log_path.read_text(encoding="utf-8")

    def complaints(self):
        return [line for line in self.log().splitlines() if _COMPLAINT.search(line)]

    # Reading

    def elements(self):
        """Everything that shows now, in reading order."""
        try:
            self._root.clear_cache()
            return list(element.Element(self._root).walk())[1:]
        except GLib.Error as gone:
            if self.process.poll() is not None:
                raise AssertionError(f"hubbub ended with {self.process.returncode}:\n{self.log()}") from gone
            return []

    def all(self, role=None, name=None, within=None, anywhere=False):
        """`within`: the name of something around it. `anywhere`: also outside the main window, as menus are."""
        frame = pointer.geometry(self.window) if not anywhere else None
        return [e for e in self.elements() if e.matches(role, name)
                and (anywhere or _inside(frame, e.place))
                and (within is None or any(around.matches(None, within) for around in _around(e)))]

    def explain(self, wanted):
        def words():
            seen = "\n  ".join(map(repr, self.elements())) if hasattr(self, "_root") else "(nothing yet)"
            return f"{self.name} has no {wanted}.\nOn the screen:\n  {seen}\nThe program said:\n{self.log()}"
        return words

    def find(self, role=None, name=None, **where):
        """The one element that fits, waited for; two that fit are as wrong as none."""
        def single():
            found = self.all(role, name, **where)
            return found[0] if len(found) == 1 else None
        return until(single, self.explain(f"single {role} {_say(name)}"))

    def has(self, role=None, name=None, **where):
        return bool(self.all(role, name, **where))

    def gone(self, role=None, name=None, **where):
        until(lambda: not self.has(role, name, **where), f"{self.name} still has {role} {_say(name)}")

    def reach(self, role, name, **where):
        """Turns the wheel over the middle of the page until it comes into view."""
        def seen():
            if self.has(role, name, **where):
                return True
            pointer.wheel_down(*element.centre(element.Box(*pointer.geometry(self.window))))
            return False
        until(seen, self.explain(f"{role} {_say(name)} further down"))
        return self.find(role, name, **where)

    # Doing

    def front(self):
        pointer.activate(self.window)

    def click(self, role, name, button=1, **where):
        """Clicks it once it is enabled and has stopped sliding: two looks must agree on where it is."""
        last = None
        def ready():
            nonlocal last
            now = self.find(role, name, **where)
            before, last = last, now.box
            return now if now.enabled and now.box == before else None
        target = until(ready, self.explain(f"enabled {role} {_say(name)}"))
        pointer.click(target.box, button)
        return target

    def type_into(self, name, text, end=None, fresh=True, role="text"):
        """Clicks the field and types; `end` is a key to finish with."""
        self.click(role, name)
        if fresh:
            pointer.press("ctrl+a")
            pointer.press("BackSpace")
        pointer.type_text(text)
        if end:
            pointer.press(end)

    def press(self, keys):
        self.front()
        pointer.press(keys)

    # Pictures

    def image(self):
        return pictures.grab(*pointer.geometry(self.window))

    def picture(self, name):
        """Keeps the window as it is once it has stopped moving."""
        pointer.park(*_nowhere())
        last = self.image()
        for _ in range(40):
            now = until(self.image, "a picture")
            if now.tobytes() == last.tobytes():
                break
            last = now
        pictures.keep(last, name)
        return last

    # The end

    def quit(self):
        """Ctrl+Q; returns the exit code."""
        self.press("ctrl+q")
        return self.ended()

    def ended(self):
        """The exit code, waited for."""
        until(lambda: self.process.poll() is not None, lambda: f"{self.name}'s program does not end:\n{self.log()}")
        return self.process.returncode

    def kill(self):
        """As by a crash: nothing is said goodbye to. A story that ends so fails for what the program warned of."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)
        if complaints := self.complaints():
            raise AssertionError(f"{self.name}'s program warned:\n" + "\n".join(complaints))


def _around(found):
    while found.parent is not None:
        found = found.parent
        yield found


def _inside(frame, box):
    x, y, width, height = frame
    middle = element.centre(box)
    return box.width > 0 and x <= middle[0] < x + width and y <= middle[1] < y + height


def _nowhere():
    from .desktop import HEIGHT, WIDTH
    return WIDTH - 1, HEIGHT - 1


def _say(name):
    return f"/{name.pattern}/" if isinstance(name, re.Pattern) else f"“{name}”"
