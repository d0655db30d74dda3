# SPDX-License-Identifier: MIT
"""Starts one of our programs and waits for its line "listening on URL"."""
import subprocess


class Program:
    """Ends with its test: stop() expects that it does so in good order, kill() lets it say nothing."""

    def __init__(self, path, *arguments):
        self._path = path
        self._process = subprocess.Popen([path, *arguments], stdout=subprocess.PIPE, text=True)
        line = self._process.stdout.readline()
        if not line.startswith("listening on "):
            self.kill()
            raise AssertionError(f"{path} ended before it listened")
        self.url = line.removeprefix("listening on ").strip()
        self.port = int(self.url.rpartition(":")[2])

    def stop(self):
        self._process.terminate()
        code = self._process.wait(60)
        self._process.stdout.close()
        if code != 0:
            raise AssertionError(f"{self._path} did not end in good order: {code}")

    def kill(self):
        self._process.kill()
        self._process.wait(60)
        self._process.stdout.close()
