"""What is asked for, how patiently, and what came of it."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal

from geo.errors import FetchError
from geo.review.edition_checks import ASKING, Trust

Progress = Callable[[str, float], None]
Expected = Literal["zip", "csv", "json"]

FOLDER: Final = "downloads"


@dataclass(frozen=True, slots=True)
class Limits:
    """How patiently a server is asked.

    Attributes
    ----------
    connect_s, read_s
        Seconds to wait for a connection, and for the next bytes.
    deadline_s
        Seconds that one file may take, all tries together.
    min_bytes_s, slow_after_s
        A server that sends fewer bytes a second, over so many seconds, is too slow.
    tries
        A server that is busy or breaks off is asked so often.
    pause_s
        Seconds before it is asked again, doubled each time.
    longest_pause_s
        No pause is longer, whatever the server says.
    redirects
        How often it may send us to another address.
    """

    connect_s: float = 15
    read_s: float = 60
    deadline_s: float = 3600
    min_bytes_s: float = 500
    slow_after_s: float = 60
    tries: int = 4
    pause_s: float = 5
    longest_pause_s: float = 300
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Means:
    """What a fetcher works with beside its workspace.

    Attributes
    ----------
    sleep
        Waits so many seconds.
    progress
        Told what is being done and the share done, 0 to 1.
    rng
        Spreads the pauses, so that not all councils ask again in the same second.
    today
        Recorded as the day something was added.
    limits
        How patiently servers are asked.
    trust
        What the person has answered for already, should a new edition look wrong beside the one in use.
    """

    sleep: Callable[[float], None]
    progress: Progress
    rng: random.Random
    today: date
    limits: Limits = Limits()
    trust: Trust = ASKING


@dataclass(frozen=True, slots=True)
class Source:
    """One file that a publisher offers.

    Attributes
    ----------
    url
        Where it is asked for.
    name
        What it is called in the folder of downloads, the same every time, so that a broken-off run goes on.
    what
        What it is, such as "OS Code-Point Open".
    expected
        The kind of file; anything else is refused.
    max_bytes
        A larger file is not what was asked for.
    page
        Where a person finds it.
    by_hand
        The command that takes a file downloaded by hand; empty where it is none that a person can download.
    """

    url: str
    name: str
    what: str
    expected: Expected
    max_bytes: int
    page: str
    by_hand: str = ""

    @property
    def host(self) -> str:
        """Name the machine that is asked."""
        return host_of(self.url)

    def advice(self) -> str:
        """Say how to get it by hand."""
        then = f", then use: {self.by_hand}" if self.by_hand else ""
        return f"You can download it by hand from {self.page}{then}."

    def failure(self, what: str) -> FetchError:
        """Make the error that says what happened, that nothing was changed, and what to do."""
        return FetchError(f"{self.what} could not be fetched: {what}. Nothing was changed. {self.advice()}")


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server says of the version it sent: sent back, it answers that nothing is new, or sends the rest."""

    etag: str = ""
    last_modified: str = ""

    @property
    def strong(self) -> str:
        """What surely means the same bytes: a strong ETag, else the time of the last change; "" where neither is."""
        return self.etag if self.etag and not self.etag.startswith("W/") else "" if self.etag else self.last_modified


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A whole file in the folder of downloads.

    Attributes
    ----------
    path
        Where it is.
    sha256
        Its digest, in hexadecimal.
    validators
        What its server said of this version.
    url
        As it was asked for.
    day
        When it was downloaded.
    published
        The day its publisher gives it, in its name or as its last change; the day of download where none is said.
    size
        Bytes.
    """

    path: Path
    sha256: str
    validators: Validators
    url: str
    day: date
    published: date
    size: int

    @property
    def etag(self) -> str:
        """The server's name of this version."""
        return self.validators.etag

    @property
    def last_modified(self) -> str:
        """When the server says it changed, as it says it."""
        return self.validators.last_modified

    def discard(self) -> None:
        """Delete it, once it has been read or turned out to be unfit."""
        self.path.unlink(missing_ok=True)


def host_of(url: str) -> str:
    """Name the machine in an address.

    Examples
    --------
    >>> host_of("https://api.os.uk/downloads/v1"), host_of("http://127.0.0.1:8080/x")
    ('api.os.uk', '127.0.0.1:8080')
    """
    return url.partition("://")[2].partition("/")[0]
