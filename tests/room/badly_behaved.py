"""Tasks that do what a file may make of a reader: the child loads them in the place of those of the program."""

import ctypes
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from tomsapp.domain.errors import TomsError
from tomsapp.room.frames import MARK


def echo(values, runs):
    return dict(values), list(runs)


def refuses(values, runs):
    raise TomsError(values["file"] + " is no table", "Choose another")


def breaks(values, runs):
    return {}, [1 / 0]


def fills(values, runs):
    held = []
    while True:
        held.append(bytearray(1_000_000))


def loops(values, runs):
    while True:
        pass


def sleeps(values, runs):
    time.sleep(60)
    return {}, []


def crashes(values, runs):
    ctypes.string_at(0)
    return {}, []


def leaves(values, runs):
    os._exit(0)


def pours(values, runs):
    return {}, [bytes(10_000_000)] * 3


def lies(values, runs):
    os.write(int(values["pipe"]), MARK + b"\xff" * 100)
    os._exit(0)


def prints(values, runs):
    sys.stdout.write("a library says something\n")
    os.write(1, b"and another\n")
    return {"fine": True}, []


def writes(values, runs):
    Path(values["path"]).write_text("here", encoding="utf-8")
    return {}, []


def removes(values, runs):
    Path(values["path"]).unlink()
    return {}, []


def connects(values, runs):
    socket.create_connection(("127.0.0.1", 9))
    return {}, []


def starts(values, runs):
    subprocess.run([sys.executable, "-c", "pass"], check=False)
    return {}, []


def reads(values, runs):
    return {"text": Path(values["path"]).read_text(encoding="utf-8")}, []
