"""A small OpenID Connect provider on 127.0.0.1: discovery, authorization code with PKCE, JWKS, RS256 id tokens.

It asks for no password: whoever is asked to sign in chooses one of its people by name.
"""

import base64
import hashlib
import html
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID, CLIENT_SECRET = "planner", "client-secret-of-the-tests"


@dataclass
class Provider:
    """A running provider.

    Attributes
    ----------
    people
        Name on the button to the claims of their id token.
    codes
        Given out and not used yet: code to what was asked.
    """

    people: dict[str, dict[str, Any]]
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"}))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    address: str = ""

    def start(self) -> ThreadingHTTPServer:
        """Listen on a port of its own until shut down."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("Answers", (_Answers,), {"provider": self}))
        self.address = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/jwks",
            "end_session_endpoint": f"{self.address}/end",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def id_token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        standard = {"iss": self.address, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        claims = {"sub": asked["person"], **standard, **self.people[asked["person"]]}
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)


class _Answers(BaseHTTPRequestHandler):
    provider: Provider

    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        self.provider.asked.append(self.path)
        where, query = urlsplit(self.path), {name: one[0] for name, one in parse_qs(urlsplit(self.path).query).items()}
        if where.path == "/.well-known/openid-configuration":
            self._json(self.provider.metadata())
        elif where.path == "/jwks":
            self._json({"keys": [self.provider.key.as_dict(private=False)]})
        elif where.path == "/authorize":
            self._choose(query)
        elif where.path == "/as":
            self._grant(query)
        elif where.path == "/end":
            self._redirect(query["post_logout_redirect_uri"])
        else:
            self._send(404, "text/plain", b"not here")

    def do_POST(self) -> None:
        self.provider.asked.append(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: one[0] for name, one in parse_qs(body).items()}
        asked = self.provider.codes.pop(form.get("code", ""), None)
        if asked is None or not self._is_client(form) or not _proves(form, asked):
            self._json({"error": "invalid_grant"}, status=400)
            return
        token = self.provider.id_token(asked)
        self._json({"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "id_token": token})

    def _choose(self, query: dict[str, str]) -> None:
        """Show a page with a link for everybody."""
        assert (query["client_id"], query["response_type"]) == (CLIENT_ID, "code")
        links = (
            f'<p><a href="/as?{html.escape(urlencode({**query, "person": name}))}">{html.escape(name)}</a></p>'
            for name in self.provider.people
        )
        self._send(200, "text/html", f"<title>Provider</title>{''.join(links)}".encode())

    def _grant(self, query: dict[str, str]) -> None:
        code = secrets.token_urlsafe()
        self.provider.codes[code] = query
        self._redirect(f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}")

    def _is_client(self, form: dict[str, str]) -> bool:
        basic = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        posted = (form.get("client_id"), form.get("client_secret")) == (CLIENT_ID, CLIENT_SECRET)
        return posted or self.headers.get("Authorization") == f"Basic {basic}"

    def _json(self, content: dict[str, Any], *, status: int = 200) -> None:
        self._send(status, "application/json", json.dumps(content).encode())

    def _redirect(self, where: str) -> None:
        self.send_response(302)
        self.send_header("Location", where)
        self.end_headers()

    def _send(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def _proves(form: dict[str, str], asked: dict[str, str]) -> bool:
    """Check that whoever brings the code is who asked for it (RFC 7636)."""
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return proof == asked["code_challenge"] and form.get("redirect_uri") == asked["redirect_uri"]
