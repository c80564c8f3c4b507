"""A server on this machine that stands in for every publisher, with the quirks that real ones have."""

import email.utils
import gzip
import json
import re
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

LOGIN_PAGE = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>Council web proxy: log in</body></html>"
ERROR_PAGE = b"<html><body><h1>Scheduled maintenance</h1></body></html>"
CHANGED = "Wed, 06 May 2026 03:00:00 GMT"


@dataclass
class Asked:
    """One request as it came."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]


@dataclass
class Provider:
    """Files by path, and a plan of quirks: one word a request, the plain file after the last.

    `plans` holds such a plan for one path; `plan` is used for a file that has none of its own. `ranges`, `etags` and
    `dates` say whether the server knows Range, ETag and Last-Modified.
    """

    files: dict[str, bytes | Callable[[dict[str, str]], bytes]] = field(default_factory=dict)
    plan: list[str] = field(default_factory=list)
    plans: dict[str, list[str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    ranges: bool = True
    etags: bool = True
    dates: bool = True
    drip_s: float = 0.05
    stop: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                parts = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                outer.asked.append(Asked(parts.path, query, dict(self.headers)))
                try:
                    outer.answer(self, parts.path, query)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # a client that hangs up is no error here
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def close(self) -> None:
        self.stop.set()
        self.server.shutdown()
        self.server.server_close()

    def paths(self) -> list[str]:
        return [one.path for one in self.asked]

    def answer(self, handler, path: str, query: dict[str, str]) -> None:
        found = self.files.get(path)
        if found is None:
            self.send(handler, 404, b"no such file")
            return
        body = found(query) if callable(found) else found
        plan = self.plans.get(path, self.plan)
        word = plan.pop(0) if plan else "ok"
        quirk = QUIRKS.get(word.split()[0])
        if quirk is None:
            self.whole(handler, path, body)
        else:
            quirk(self, handler, body, word)

    def headers_of(self, path: str, body: bytes) -> dict[str, str]:
        told = {}
        if self.etags:
            told["ETag"] = f'"{len(body)}-{hash(body) & 0xFFFFFF:x}"'
        if self.dates:
            told["Last-Modified"] = CHANGED
        if path in self.names:
            told["Content-Disposition"] = f'attachment; filename="{self.names[path]}"'
        return told

    def whole(self, handler, path: str, body: bytes) -> None:
        """Answer as a well-behaved server does: 304, 206 or 200."""
        told = self.headers_of(path, body)
        etag = told.get("ETag", "-")
        if handler.headers.get("If-None-Match", "") == etag:
            self.send(handler, 304, None, **told)
            return
        found = re.fullmatch(r"bytes=(\d+)-", handler.headers.get("Range", ""))
        same = handler.headers.get("If-Range", "") in {etag, told.get("Last-Modified", "-")}
        if not (found and self.ranges and same):
            self.send(handler, 200, body, **told)
            return
        start = int(found[1])
        if start >= len(body):
            self.send(handler, 416, b"", **{"Content-Range": f"bytes */{len(body)}"})
            return
        told["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
        self.send(handler, 206, body[start:], **told)

    def send(self, handler, status: int, body: bytes | None, *, length: int | None = None, **headers: str) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        if body is not None:
            handler.send_header("Content-Length", str(len(body) if length is None else length))
        handler.end_headers()
        handler.wfile.write(body or b"")

    def redirect(self, handler, _body: bytes, word: str) -> None:
        self.send(handler, 302, b"", Location=word.partition(" ")[2])

    def loop(self, handler, _body: bytes, _word: str) -> None:
        self.plan.insert(0, "loop")
        self.send(handler, 302, b"", Location=handler.path)

    def status(self, handler, _body: bytes, word: str) -> None:
        code, _, wait = word.partition(" ")
        wait = email.utils.formatdate(time.time() + 90, usegmt=True) if wait == "date" else wait
        self.send(handler, int(code), b"busy", **({"Retry-After": wait} if wait else {}))

    def truncated(self, handler, body: bytes, _word: str) -> None:
        told = self.headers_of(handler.path.partition("?")[0], body)
        self.send(handler, 200, body[: len(body) // 2], length=len(body), **told)
        handler.close_connection = True

    def chunked(self, handler, body: bytes, _word: str) -> None:
        """Break off in the midst of chunks, without having said how many there are."""
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        half = body[: len(body) // 2]
        handler.wfile.write(f"{len(half):x}\r\n".encode() + half + b"\r\n")
        handler.close_connection = True

    def unsaid(self, handler, body: bytes, _word: str) -> None:
        """Send half of the file, say no length, and hang up."""
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.wfile.write(body[: len(body) // 2])
        handler.close_connection = True

    def wrong_length(self, handler, body: bytes, _word: str) -> None:
        self.send(handler, 200, body, length=len(body) // 2)
        handler.close_connection = True

    def gzipped(self, handler, body: bytes, word: str) -> None:
        packed = gzip.compress(body)
        packed = packed[: len(packed) // 2] if word.endswith("half") else packed
        self.send(handler, 200, packed, Content_Encoding="gzip")

    def brotli(self, handler, body: bytes, _word: str) -> None:
        self.send(handler, 200, body, Content_Encoding="br")

    def login(self, handler, _body: bytes, _word: str) -> None:
        self.send(handler, 200, LOGIN_PAGE, Content_Type="text/html", Set_Cookie="proxy=1")

    def html(self, handler, _body: bytes, _word: str) -> None:
        self.send(handler, 200, ERROR_PAGE, Content_Type="text/html")

    def junk(self, handler, _body: bytes, _word: str) -> None:
        self.send(handler, 200, b"\x00\x01\x02 not what was asked for")

    def empty(self, handler, _body: bytes, _word: str) -> None:
        self.send(handler, 200, b"")

    def drip(self, handler, body: bytes, _word: str) -> None:
        self.send(handler, 200, b"", length=len(body), **self.headers_of(handler.path.partition("?")[0], body))
        for at in range(len(body)):
            if self.stop.wait(self.drip_s):
                break
            handler.wfile.write(body[at : at + 1])
            handler.wfile.flush()
        handler.close_connection = True

    def stall(self, handler, body: bytes, _word: str) -> None:
        """Send half of the file, and then nothing."""
        self.send(handler, 200, body[: len(body) // 2], length=len(body), **self.headers_of(handler.path, body))
        handler.wfile.flush()
        self.stop.wait(30)
        handler.close_connection = True

    def hang(self, handler, _body: bytes, _word: str) -> None:
        self.stop.wait(30)
        handler.close_connection = True

    def hang_up(self, handler, _body: bytes, _word: str) -> None:
        handler.connection.shutdown(socket.SHUT_RDWR)
        handler.close_connection = True

    def other_part(self, handler, body: bytes, _word: str) -> None:
        """Answer a question for the rest with some other part."""
        told = {"Content-Range": f"bytes 0-9/{len(body)}"}
        self.send(handler, 206, body[:10], **told)


QUIRKS = {
    "to": Provider.redirect,
    "loop": Provider.loop,
    **{str(code): Provider.status for code in (400, 403, 404, 407, 410, 429, 500, 503)},
    "truncated": Provider.truncated,
    "chunked": Provider.chunked,
    "unsaid": Provider.unsaid,
    "wrong-length": Provider.wrong_length,
    "gzip": Provider.gzipped,
    "brotli": Provider.brotli,
    "login": Provider.login,
    "html": Provider.html,
    "junk": Provider.junk,
    "empty": Provider.empty,
    "drip": Provider.drip,
    "stall": Provider.stall,
    "hang": Provider.hang,
    "hang-up": Provider.hang_up,
    "other-part": Provider.other_part,
}


def arcgis_error() -> bytes:
    """What ArcGIS sends with status 200 when it could not answer."""
    return json.dumps({"error": {"code": 400, "message": "Invalid query parameters."}}).encode()
