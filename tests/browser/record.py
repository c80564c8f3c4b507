"""Everything that one browser was sent, and how a test waits for it."""

import re
import time
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_TAIL = 6  # frames


@dataclass
class Record:
    """Everything that one browser was sent."""

    page: Any
    frames: list[bytes] = field(default_factory=list)
    answers: dict[str, bytes] = field(default_factory=dict)
    downloads: list[bytes] = field(default_factory=list)

    def listen(self) -> None:
        self.page.on("websocket", lambda ws: ws.on("framereceived", lambda data: self.frames.append(as_bytes(data))))
        self.page.on("response", lambda answer: self.answers.update({answer.url: str(answer.headers).encode()}))

    def everything(self, server) -> bytes:
        """Join frames, addresses, headers, downloads and bodies.

        A browser forgets the bodies of pages it has left, so every address is asked for again with the same cookies;
        Streamlit's own scripts and styles, and the way to the provider and back, are left out.
        """
        own = re.compile(rf"{server.address}/(?!static/|auth/|oauth2callback)")
        asked = [self.page.context.request.get(address) for address in self.answers if own.match(address)]
        bodies = [answer.body() for answer in asked]
        told = [address.encode() + b" " + headers for address, headers in self.answers.items()]
        return b"\n".join([*self.frames, *told, *bodies, *self.downloads])


def as_bytes(data: Any) -> bytes:
    return data.encode() if isinstance(data, str) else data


def settle(page, title: str) -> None:
    page.get_by_role("heading", level=1, name=title).wait_for(timeout=60_000)
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')", timeout=60_000)


def cookies_of(context) -> dict[str, str]:
    return {cookie["name"]: cookie["value"] for cookie in context.cookies()}


def found(patterns: list[bytes], content: bytes) -> set[bytes]:
    """Say which of the patterns are in it."""
    return {pattern for pattern in patterns if re.search(pattern, content)}


def wait_for(record, pattern: bytes) -> None:
    """Wait until a browser has been sent something."""
    deadline = time.monotonic() + 60
    while not re.search(pattern, b"\n".join(record.frames)) and time.monotonic() < deadline:
        record.page.wait_for_timeout(200)
    assert re.search(pattern, b"\n".join(record.frames))


def wait_until_quiet(record) -> None:
    """Wait until the page has run to its end: a download's address changes with every run."""
    seen, deadline = -1, time.monotonic() + 60
    while time.monotonic() < deadline:
        # What a fragment or a deferred picture sends may follow the end of the run.
        last = [ForwardMsg.FromString(frame).WhichOneof("type") for frame in record.frames[-_TAIL:]]
        if "script_finished" in last and len(record.frames) == seen:
            return
        seen = len(record.frames)
        record.page.wait_for_timeout(500)


def choose(page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option).first.click()
