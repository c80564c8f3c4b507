"""Download one file: patiently, in part where part is there, whole or not at all.

The file arrives beside its place, is looked at, and takes its place in one step. A run that broke off, or a machine
that was switched off, leaves a part that the next run goes on with, where the server can say that it is of the same
version (RFC 9110: Range, If-Range, ETag).
"""

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from geo.errors import FetchError, WorkspaceError
from geo.review.files import explained
from layers.fetching import words
from layers.fetching.headers import conditions, published_on, starts_at, total_of, validators_of
from layers.fetching.pace import OutOfTimeError, Pace, pause_before
from layers.fetching.partial import Partial, PartWriter, sweep
from layers.fetching.sniffing import fault_of
from layers.fetching.source import Downloaded, Means, Source, Validators
from layers.fetching.transport import Answer, BrokenOffError, asked, seconds_asked_for
from layers.fetching.unpacking import unpacked

_BUSY: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_OK, _PART, _SAME, _BEYOND = 200, 206, 304, 416
_MB: Final = 1_000_000
_KEPT: Final = " What has arrived is kept: ask again and it goes on from there."


@dataclass(frozen=True, slots=True)
class _Run:
    """One download, through all its tries."""

    source: Source
    partial: Partial
    means: Means
    earlier: Validators
    pace: Pace


def download(source: Source, folder: Path, *, means: Means, earlier: Validators | None = None) -> Downloaded | None:
    """Fetch a file into a folder.

    Parameters
    ----------
    folder
        Made where it is not there. A file of the source's name in it is replaced once the new one is whole.
    earlier
        What the server said of the version in use: it is asked for a newer one only.

    Returns
    -------
    Downloaded or None
        None where the server says that nothing is new.

    Raises
    ------
    FetchError
        No server, no permission, the wrong kind of file; a sentence that says how to get it by hand.
    WorkspaceError
        The disk is full, or the folder cannot be written.
    """
    with explained(folder.parent):
        folder.mkdir(parents=True, exist_ok=True)
    sweep(folder)
    pace = Pace(means.limits)
    run = _Run(source, Partial(folder / source.name, source.url), means, earlier or Validators(), pace)
    for attempt in range(means.limits.tries):
        try:
            return _attempt(run)
        except BrokenOffError as error:
            _wait_or_give_up(run, error, attempt)
        except OutOfTimeError as error:
            raise _out_of_time(run) from error
        except WorkspaceError:
            run.partial.drop()  # a full disk is made no fuller
            raise
    message = "a server is asked at least once"
    raise AssertionError(message)


def download_anew(source: Source, folder: Path, *, means: Means) -> Downloaded:
    """Fetch a file whatever is in use; see `download`."""
    came = download(source, folder, means=means)
    if came is None:
        raise source.failure(words.CHANGED_FORM)
    return came


def _wait_or_give_up(run: _Run, error: BrokenOffError, attempt: int) -> None:
    limits = run.means.limits
    if attempt + 1 >= limits.tries:
        raise _given_up(run, words.TRIED.format(what=error, tries=limits.tries)) from error
    pause = pause_before(attempt, error.wait_s, limits=limits, rng=run.means.rng)
    if run.pace.would_end_after(pause):
        raise _out_of_time(run) from error
    run.means.progress(f"{run.source.host} is asked again in {pause:.0f} seconds", 0.0)
    run.means.sleep(pause)


def _out_of_time(run: _Run) -> FetchError:
    return _given_up(run, words.DEADLINE.format(minutes=run.means.limits.deadline_s / 60))


def _given_up(run: _Run, what: str) -> FetchError:
    kept = _KEPT if run.partial.resumable()[0] else ""
    return FetchError(f"{run.source.failure(what)}{kept}")


def _attempt(run: _Run) -> Downloaded | None:
    """Ask once; a part is gone on with."""
    size, strong = run.partial.resumable()
    headers = {"Range": f"bytes={size}-", "If-Range": strong} if size else conditions(run.earlier)
    with asked(run.source, headers, run.means.limits) as answer:
        if answer.status == _SAME and run.earlier != Validators():
            return None
        resume = _may_go_on(run, answer, size)
        validators = validators_of(answer.headers)
        with run.partial.begin(Validators() if answer.packing() else validators, resume=resume) as writer:
            if answer.status != _BEYOND:
                _take_in(run, answer, writer)
        published = published_on(answer.headers, else_on=run.means.today)
        return _finished(run, writer, validators, published=published)


def _may_go_on(run: _Run, answer: Answer, size: int) -> bool:
    """Tell whether the answer is the rest of the part; refuse one that is neither the rest nor the whole."""
    _require_good(run.source, answer)
    if answer.status == _OK:
        return False
    whole = answer.status == _BEYOND and total_of(answer.headers) == size  # broke off after the last byte
    same = validators_of(answer.headers).etag in {"", run.partial.resumable()[1]}  # else two versions would be mixed
    rest = answer.status == _PART and not answer.packing() and starts_at(answer.headers, size) and same
    if size and (whole or rest):
        return True
    run.partial.drop()
    raise BrokenOffError(words.ENDED_EARLY)


def _require_good(source: Source, answer: Answer) -> None:
    if answer.status in _BUSY:
        what = words.BUSY.format(host=source.host, status=answer.status)
        raise BrokenOffError(what, seconds_asked_for(answer, now=time.time()))
    if answer.status not in {_OK, _PART, _BEYOND}:
        raise source.failure(words.MOVED_AWAY.format(host=source.host, status=answer.status))
    if answer.packing() not in {"", "gzip"}:
        raise source.failure(words.PACKED.format(packing=answer.packing()))


def _take_in(run: _Run, answer: Answer, writer: PartWriter) -> None:
    """Write the body to the part, as long as it is neither too large nor too slow."""
    total = writer.size + (answer.length() or 0)
    whole = total_of(answer.headers) if answer.status == _PART else None
    _require_room(run, answer, total)
    packed = answer.packing() == "gzip"
    chunks = _timed(run, answer)
    for data in unpacked(chunks) if packed else chunks:
        writer.write(data)
        if writer.size > run.source.max_bytes:
            run.partial.drop()
            raise run.source.failure(words.TOO_LARGE.format(mb=run.source.max_bytes / _MB))
        _tell(run, writer.size, total=0 if packed else total)
    short = not packed and answer.length() is not None and writer.size != total
    if short or whole not in {None, writer.size}:
        raise BrokenOffError(words.ENDED_EARLY)


def _timed(run: _Run, answer: Answer) -> Iterator[bytes]:
    run.pace.begin()
    for chunk in answer.chunks():
        run.pace.took(len(chunk))
        yield chunk


def _require_room(run: _Run, answer: Answer, total: int) -> None:
    if total > run.source.max_bytes:
        run.partial.drop()
        raise run.source.failure(words.TOO_LARGE.format(mb=run.source.max_bytes / _MB))
    folder = run.partial.path.parent
    with explained(folder):
        free = shutil.disk_usage(folder).free
    needed = answer.length() or 0
    if needed > free:
        message = words.NO_ROOM.format(folder=folder, free=free / _MB, what=run.source.what, size=needed / _MB)
        raise WorkspaceError(message)


def _tell(run: _Run, size: int, *, total: int) -> None:
    done = f"{size / _MB:,.1f} of {total / _MB:,.1f} MB" if total else f"{size / _MB:,.1f} MB"
    run.means.progress(f"{run.source.what}: {done}", 0.9 * size / total if total else 0.0)


def _finished(run: _Run, writer: PartWriter, validators: Validators, *, published: date) -> Downloaded:
    fault, again = fault_of(run.partial.part, run.source.expected)
    if fault:
        run.partial.drop()
        raise BrokenOffError(fault) if again else run.source.failure(fault)
    run.partial.finish()
    return Downloaded(
        path=run.partial.path,
        sha256=writer.sha256,
        validators=validators,
        url=run.source.url,
        day=run.means.today,
        published=published,
        size=writer.size,
    )
