"""One question over HTTP, as this machine asks: its proxy, its certificates, no cookie kept, no way down to http."""

import http.cookiejar
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import requests
import truststore
import urllib3
from requests.adapters import HTTPAdapter

from layers.fetching import words
from layers.fetching.source import Limits, Source, host_of

_WHO: Final = "Hotspot and Co-location Planner (a council's review; open data, a few times a year)"
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_PROXY_ASKS: Final = frozenset({407, 511})
_CHUNK: Final = 64 * 1024
_LONGEST_NUMBER: Final = 15  # figures of a size in bytes


class BrokenOffError(Exception):
    """The connection failed or ended early, or the server is busy: it may be asked again.

    Parameters
    ----------
    wait_s
        Seconds that the server asks to be left alone.
    """

    def __init__(self, what: str, wait_s: float = 0) -> None:
        super().__init__(what)
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said, with its body still to be read."""

    status: int
    headers: Mapping[str, str]
    raw: urllib3.BaseHTTPResponse

    def length(self) -> int | None:
        """Tell how many bytes of body it announced; None where it did not."""
        said = self.headers.get("Content-Length", "")
        return int(said) if said.isdecimal() and len(said) <= _LONGEST_NUMBER else None

    def packing(self) -> str:
        """Tell how the body is packed, "" where it is not."""
        said = self.headers.get("Content-Encoding", "").strip().lower()
        return "" if said == "identity" else said

    def chunks(self) -> Iterator[bytes]:
        """Read the body as it comes, still packed.

        Raises
        ------
        BrokenOffError
            It ended early, or nothing came for too long.
        """
        try:
            while chunk := self.raw.read1(_CHUNK, decode_content=False):
                yield chunk
        except urllib3.exceptions.ReadTimeoutError as error:
            raise BrokenOffError(words.NOTHING_CAME) from error
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise BrokenOffError(words.ENDED_EARLY) from error


class _OwnCertificates(HTTPAdapter):
    """Trust what this machine trusts, so that a council's proxy that looks into secure traffic is no obstacle."""

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - as requests calls it
        named["ssl_context"] = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        super().init_poolmanager(*arguments, **named)

    def proxy_manager_for(self, proxy: str, **named: Any) -> Any:  # noqa: ANN401 - as requests calls it
        named["ssl_context"] = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        return super().proxy_manager_for(proxy, **named)

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:  # noqa: ANN401 - as requests calls it
        if verify is not True:  # a file of certificates named by REQUESTS_CA_BUNDLE
            super().cert_verify(conn, url, verify, cert)


@contextmanager
def asked(source: Source, headers: Mapping[str, str], limits: Limits) -> Iterator[Answer]:
    """Ask once, following a few redirects.

    Parameters
    ----------
    headers
        Beside the usual ones.

    Raises
    ------
    FetchError
        There is no use in asking again: a certificate, a proxy that wants a password, a redirect to where we do not go.
    BrokenOffError
        No connection, or none in time.
    """
    with _session() as session:
        response = _followed(session, source, headers, limits)
        try:
            yield Answer(response.status_code, response.headers, response.raw)
        finally:
            response.close()


class _OneStep(requests.Session):
    """Look at no redirect: requests would read the whole of its body, however long, to learn where it leads."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Say that it leads nowhere; we follow by our own rules."""
        del resp


def _session() -> requests.Session:
    session = _OneStep()
    session.headers = requests.structures.CaseInsensitiveDict(
        {"User-Agent": _WHO, "Accept": "*/*", "Accept-Encoding": "identity"}
    )
    session.auth = _no_password
    session.cookies.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))
    session.mount("https://", _OwnCertificates())
    return session


def _no_password(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Stand where requests would look for a password in the user's .netrc."""
    return request


def _followed(
    session: requests.Session, source: Source, headers: Mapping[str, str], limits: Limits
) -> requests.Response:
    url = source.url
    for _ in range(limits.redirects + 1):
        response = _get(session, source, url, headers, limits)
        if response.status_code in _PROXY_ASKS:
            response.close()
            raise source.failure(words.PROXY_ASKS)
        if response.status_code not in _MOVED or "Location" not in response.headers:
            return response
        response.close()
        target = _target(source, url, response.headers["Location"])
        require_safe_step(source, url, target)
        url = target
    raise source.failure(words.REDIRECTS.format(host=source.host, times=limits.redirects))


def _target(source: Source, url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:  # such as half an address of IPv6
        raise source.failure(words.BAD_ADDRESS) from error


def require_safe_step(source: Source, here: str, there: str) -> None:
    """Refuse a way from a secure address to an open one, and from the web to anything else.

    Raises
    ------
    FetchError
        It is such a way.
    """
    scheme = urlsplit(there).scheme.lower()
    if scheme not in {"http", "https"} or (scheme == "http" and urlsplit(here).scheme.lower() == "https"):
        raise source.failure(words.UNSAFE_STEP.format(host=host_of(here), scheme=scheme or "unknown"))


def _get(
    session: requests.Session, source: Source, url: str, headers: Mapping[str, str], limits: Limits
) -> requests.Response:
    timeout = (limits.connect_s, limits.read_s)
    try:
        return session.get(url, headers=dict(headers), timeout=timeout, allow_redirects=False, stream=True)
    except requests.exceptions.SSLError as error:
        raise source.failure(words.CERTIFICATE.format(host=host_of(url))) from error
    except requests.exceptions.ProxyError as error:
        if " 407 " in str(error):
            raise source.failure(words.PROXY_ASKS) from error
        raise BrokenOffError(words.NO_PROXY) from error
    except requests.exceptions.ReadTimeout as error:
        raise BrokenOffError(words.NOTHING_CAME) from error
    except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema) as error:
        raise source.failure(words.BAD_ADDRESS) from error
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        raise BrokenOffError(words.NO_CONNECTION.format(host=host_of(url))) from error


def seconds_asked_for(answer: Answer, *, now: float) -> float:
    """Read how long a busy server asks to be left alone: seconds, or a time; 0 where it does not say.

    Parameters
    ----------
    now
        Seconds since 1970.
    """
    said = answer.headers.get("Retry-After", "").strip()
    if said.isdecimal():
        return float(said)
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - now)
    except (ValueError, TypeError, OverflowError):
        return 0.0
