# SPDX-License-Identifier: MIT
"""hubbub-server as a program of its own, which can die at any moment and come back where it was."""
import os
import signal
import subprocess

from . import processes

PROGRAM = os.environ.get("HUBBUB_SERVER", "build/bin/hubbub-server")


class ChatServer:
    """Lets guests in and keeps its history in a folder of the desktop's; the first start picks the port. `tls`: a folder
    of make_certificate(), and it speaks wss."""

    def __init__(self, desktop, title, name="server", tls=None):
        self._title = title
        self._data = desktop.folder / name
        self._log_path = desktop.folder / f"{name}.log"
        self._log = open(self._log_path, "a", encoding="utf-8")
        self._port = 0
        self._tls = ["--tls-certificate", tls / "certificate.pem", "--tls-key", tls / "key.pem"] if tls else []
        self.start()

    def start(self):
        self._process = processes.start(
            [PROGRAM, *self._tls, "--guests", "--title", self._title, "--data", str(self._data), "--port", str(self._port)],
            self._log, stdout=subprocess.PIPE, text=True)
        line = self._process.stdout.readline()
        if not line.startswith("listening on "):
            raise AssertionError(f"hubbub-server did not start:\n{self._log_path.read_text(encoding='utf-8')}")
        self.address = line.split("//")[-1].strip()
        self._port = int(self.address.rpartition(":")[2])

    def kill(self):
        """As by a power cut: nothing is finished, nobody is told."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(10)
        self._process.stdout.close()

    def close(self):
        if self._process.poll() is None:
            self.kill()
        self._log.close()


def make_certificate(folder):
    """A self-signed certificate for this machine and its key, in two files of that folder; gives the fingerprint's pairs."""
    folder.mkdir(exist_ok=True)
    certificate = folder / "certificate.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-days", "30",
                    "-subj", "/CN=harbour", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder / "key.pem",
                    "-out", certificate], check=True, capture_output=True)
    said = subprocess.run(["openssl", "x509", "-in", certificate, "-noout", "-fingerprint", "-sha256"], check=True,
                          capture_output=True, text=True).stdout
    return said.strip().split("=")[1].split(":")
