"""This machine's proxy and certificates are honoured; nothing is told to anybody that need not be."""

import datetime as dt
import ipaddress
import select
import socket
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from geo.errors import FetchError
from layers.fetching.download import download
from layers.fetching.source import Source
from layers.fetching.transport import require_safe_step


class Proxy:
    """A council's proxy: fetches for others, tunnels what is secure, and may ask for a password."""

    def __init__(self, *, locked: bool = False) -> None:
        self.asked: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outer.asked.append(self.path)
                if locked:
                    self.send_error(407)
                    return
                got = requests.get(self.path, timeout=5, proxies={"http": ""})
                self.send_response(got.status_code)
                self.send_header("Content-Length", str(len(got.content)))
                self.end_headers()
                self.wfile.write(got.content)

            def do_CONNECT(self):
                outer.asked.append(self.path)
                if locked:
                    self.send_error(407)
                    return
                host, port = self.path.split(":")
                self.send_response(200)
                self.end_headers()
                with socket.create_connection((host, int(port))) as far:
                    _tunnel(self.connection, far)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"


def _tunnel(near: socket.socket, far: socket.socket) -> None:
    ends = {near: far, far: near}
    while True:
        for ready in select.select(list(ends), [], [], 5)[0]:
            data = ready.recv(65536)
            if not data:
                return
            ends[ready].sendall(data)


@pytest.fixture
def proxy():
    made = [Proxy(), Proxy(locked=True)]
    yield made
    for one in made:
        one.server.shutdown()
        one.server.server_close()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate that no machine trusts, for 127.0.0.1."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(tz=dt.UTC)
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    built = built.serial_number(1).not_valid_before(now - dt.timedelta(days=1))
    built = built.not_valid_after(now + dt.timedelta(days=1)).add_extension(alternative, critical=False)
    built = built.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + built.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def secure(provider, table, certificate) -> Source:
    """The same publisher behind TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    provider.server.socket = context.wrap_socket(provider.server.socket, server_side=True)
    provider.server.handle_error = lambda *_: None
    return Source(table.url.replace("http:", "https:"), *_rest(table))


def _rest(table: Source) -> list:
    return [table.name, table.what, table.expected, table.max_bytes, table.page, table.by_hand]


def test_the_proxy_that_the_machine_is_set_to_use_is_used(proxy, provider, table, tmp_path, means, monkeypatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", proxy[0].url)
    monkeypatch.setenv("http_proxy", proxy[0].url)
    assert download(table, tmp_path, means=means).size == len(provider.files["/table.csv"])
    assert proxy[0].asked == [table.url]
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert download(table, tmp_path, means=means)
    assert len(proxy[0].asked) == 1


def test_a_proxy_that_asks_for_a_password_is_told_plainly(proxy, table, secure, tmp_path, means, monkeypatch) -> None:
    for name, source in (("http_proxy", table), ("https_proxy", secure)):
        monkeypatch.setenv(name, proxy[1].url)
        with pytest.raises(FetchError, match="the proxy of your network asks for a password first"):
            download(source, tmp_path, means=means)
    assert proxy[1].asked == [table.url, urlsplit(secure.url).netloc]


def test_a_proxy_that_is_not_there_is_told_plainly(table, tmp_path, means, monkeypatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with pytest.raises(FetchError, match=r"the proxy that this machine is set to use could not be reached.*, 3 times"):
        download(table, tmp_path, means=means)


def test_a_certificate_that_nobody_trusts_names_the_proxy_as_the_likely_cause(
    secure, tmp_path, means, slept, provider
) -> None:
    with pytest.raises(FetchError, match=r"the likely cause is the proxy of your council's network"):
        download(secure, tmp_path, means=means)
    assert (slept, provider.asked) == ([], [])


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"])
def test_a_certificate_that_the_machine_trusts_is_trusted_through_a_proxy_too(
    *, secure, certificate, proxy, tmp_path, means, monkeypatch, variable
) -> None:
    monkeypatch.setenv(variable, str(certificate))
    assert download(secure, tmp_path, means=means)
    monkeypatch.setenv("https_proxy", proxy[0].url)
    assert download(secure, tmp_path, means=means)
    assert proxy[0].asked == [urlsplit(secure.url).netloc]


def test_no_password_of_the_user_and_no_cookie_goes_along(provider, table, tmp_path, means, monkeypatch) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    provider.plan = ["login"]
    with pytest.raises(FetchError):
        download(table, tmp_path, means=means)
    provider.plan = ["to /table.csv"]
    assert download(table, tmp_path, means=means)
    assert not any({"Authorization", "Cookie", "Referer"} & set(one.headers) for one in provider.asked)


def test_no_way_leads_from_a_secure_address_to_an_open_one(table) -> None:
    require_safe_step(table, "http://a/x", "https://b/y")
    require_safe_step(table, "https://a/x", "https://b/y")
    for there in ("http://b/y", "ftp://b/y", "file:///etc/passwd", "y"):
        with pytest.raises(FetchError, match="an address that is not secure"):
            require_safe_step(table, "https://a/x", there)
