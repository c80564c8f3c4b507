"""A server of our own that stands in for Overpass, with its bad days."""

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs


class Overpass:
    """A server that speaks as Overpass does; `plan` says how it answers, one word a request, "ok" after the last."""

    def __init__(self, ok: str) -> None:
        self.ok = ok
        self.plan: list[str] = []
        self.asked: list[str] = []
        self.agents: set[str] = set()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                outer.asked.append(parse_qs(body)["data"][0])
                outer.agents.add(self.headers["User-Agent"])
                outer.answer(self, outer.plan.pop(0) if outer.plan else "ok")

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/api"

    def answer(self, handler, word: str) -> None:
        if word == "hang up":
            handler.connection.shutdown(socket.SHUT_RDWR)
            return
        text = {
            "ok": self.ok,
            "empty": json.dumps({"elements": []}),
            "half": json.dumps({"elements": [], "remark": "runtime error: Query timed out"}),
            "html": "<html>down for repair</html>",
        }.get(word, "{}")
        handler.send_response(int(word) if word.isdecimal() else 200)
        if word == "429":
            handler.send_header("Retry-After", "77")
        handler.send_header("Content-Length", str(len(text)))
        handler.end_headers()
        handler.wfile.write(text.encode())
