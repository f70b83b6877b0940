"""`wadah serve` as a user starts it: a new folder, a free port, a real server."""

import argparse
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from wadah.cli import serve


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_it_answers_serves_its_style_sheet_and_stops_when_told(tmp_path, port):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("WADAH_")}
    with subprocess.Popen(
        [sys.executable, "-m", "wadah", "serve", "--port", str(port)],
        env={**environment, "WADAH_VAR": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert server.stdout.readline() == f"Wadah: http://127.0.0.1:{port}\n"
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
                assert answer.status == 200
                page = answer.read().decode()
            sheet = re.search(r'href="(/static/wadah/wadah\.[0-9a-f]+\.css)"', page)[1]
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{sheet}") as answer:
                assert "immutable" in answer.headers["Cache-Control"]
        finally:
            server.send_signal(signal.SIGTERM)
            try:
                assert server.wait(timeout=20) is not None
            finally:
                server.kill()


def test_a_port_in_use_is_named(port, capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        assert serve.run(argparse.Namespace(host="127.0.0.1", port=port, lang="id")) == 2
    assert str(port) in capsys.readouterr().err
