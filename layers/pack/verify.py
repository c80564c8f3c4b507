"""Check a pack that somebody hands over: every figure, table and map is made again from its frozen aggregates."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from geo.errors import BadInputError, PlannerError
from geo.review.audit import read_audit
from geo.review.freezing import canonical
from geo.review.pack.content import Pack
from geo.review.pack.derive import pack_of
from geo.review.pack.kept import KeptPack, digest_of, read_packs
from geo.review.pack.listed_places import told_without_listed
from geo.review.pack.readable import FORGED
from geo.review.pack.source import against_source
from geo.review.workspace import Workspace
from layers.pack.checking.compare import Finding, compare
from layers.pack.checking.members import AGGREGATES, MANIFEST, Members, read_members, sha256
from layers.pack.files import PackFile, pack_files
from layers.pack.manifest import BESIDE, facts_of, versions
from layers.pack.programme_calendar import CalendarOf

Progress = Callable[[str, float], None]
_MOST_SHOWN: Final = 60
_ABSENT: Final = "the file is missing from the pack"


@dataclass(frozen=True)
class Verdict:
    """What checking a pack found.

    Attributes
    ----------
    title, audience, review
        What the pack is, by its own frozen numbers.
    digest
        SHA-256 of its frozen numbers, in hexadecimal: hold it against the one printed in the report.
    findings
        Of the manifest, then of each file.
    source
        Whether a workspace kept these numbers, and whether its source rows still give them, one sentence each; empty
        where no workspace was asked.
    """

    title: str
    audience: str
    review: str
    digest: str
    findings: tuple[Finding, ...]
    source: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Tell whether every part was made again and is the same."""
        return not self.of("differs") and not self.of("not compared")

    def of(self, state: str) -> tuple[Finding, ...]:
        """List the findings of one kind."""
        return tuple(one for one in self.findings if one.state == state)

    @property
    def sentence(self) -> str:
        """Sum up."""
        same, apart, other = (len(self.of(state)) for state in ("same", "differs", "not compared"))
        if apart:
            return f"Not the same: {apart:,} of {len(self.findings):,} parts differ from what the frozen numbers give."
        if other:
            return (
                f"Not all could be compared: {same:,} parts are the same, and {other:,} were made by other versions of "
                "the planner or its libraries, so that a change in them would not be seen. Check the pack with the "
                "versions that its manifest names."
            )
        return f"The same, digit for digit: {same:,} parts were made again from the frozen numbers."

    @property
    def care(self) -> str:
        """Say what this does not show."""
        return (
            "This shows that the files fit the frozen numbers in the pack, not who made it: hold the digest against "
            "the one in a report that you trust, or check it where the pack was kept."
        )


def verify_bundle(content: bytes, *, workspace: Workspace | None = None, progress: Progress | None = None) -> Verdict:
    """Check a pack; it needs nothing but the zip.

    Parameters
    ----------
    content
        The zip.
    workspace
        Where the source rows are, if they are to be asked as well.
    progress
        Told the step and the share done, 0 to 1.

    Raises
    ------
    BadInputError
        It is no pack, or damaged so that nothing can be checked.
    """
    members = read_members(content)
    tell = progress or _silent
    tell("Reading the frozen numbers", 0.0)
    pack = _told(members.aggregates)
    findings = [*_facts(members, pack), *_signed(members), *_files(members, pack, tell)]
    verdict = Verdict(pack.title, pack.audience, pack.review, pack.digest, tuple(findings))
    if workspace is None:
        return verdict
    tell("Asking the source rows", 0.95)
    return replace(verdict, source=(_kept(workspace, pack.digest), *_source(workspace, members.aggregates)))


def _source(workspace: Workspace, aggregates: dict[str, Any]) -> tuple[str, ...]:
    try:
        return against_source(workspace, aggregates).sentences
    except FORGED:
        return ("Its numbers are such as no planner counts, so the source rows cannot be held against them.",)


def _kept(workspace: Workspace, digest: str) -> str:
    """Say whether these very numbers were kept there: what no forger outside can write."""
    packs = read_packs(workspace)
    kept = next((one for one in packs if one.digest == digest), None) or _told_later(workspace, packs, digest)
    if kept is None:
        return _kept_with(workspace, digest) or "No pack with this digest was kept in the workspace."
    day = f"{kept.day.day} {kept.day:%B %Y}"
    as_told = "has this very digest" if kept.digest == digest else "has this digest as it is told now"
    return f"Pack {kept.number} of the workspace, kept on {day} by {kept.who}, {as_told}."


def _kept_with(workspace: Workspace, digest: str) -> str:
    """Look in the audit log for a pack that was kept with a digest, whatever it says today; empty if there is none."""
    end = f"digest {digest[:12]}"
    found = [line for line in read_audit(workspace.store) if line.what == "pack" and line.detail.endswith(end)]
    if not found:
        return ""
    return f"The audit log has it: {found[-1].detail}, by {found[-1].who}. The workspace tells that pack otherwise now."


def _told_later(workspace: Workspace, packs: Sequence[KeptPack], digest: str) -> KeptPack | None:
    """Find a pack that was told again without what may not be told any more."""
    try:
        return next((one for one in packs if digest_of(told_without_listed(workspace, one.aggregates)) == digest), None)
    except PlannerError:  # the key is not on this machine
        return None


def _told(aggregates: dict[str, Any]) -> Pack:
    """Tell the pack again; whatever a forger wrote ends in a sentence."""
    try:
        return pack_of(aggregates)
    except PlannerError as error:
        message = f"{AGGREGATES} cannot be told as a pack: {error}"
        raise BadInputError(message) from error


def _facts(members: Members, pack: Pack) -> Iterator[Finding]:
    """Hold what the manifest says against the frozen numbers."""
    digest, exact = pack.digest, canonical(members.aggregates).encode() == members.files[AGGREGATES]
    told = "" if exact else "it is not written as the planner writes it"
    yield _judged(AGGREGATES, told, f"digest {digest}")
    facts = facts_of(pack, members.aggregates)
    for name, value in facts.items():
        there = members.manifest.get(name)
        told = "" if there == value else f"it says {_short(there)}, the frozen numbers say {_short(value)}"
        yield _judged(f"{MANIFEST}: {name}", told, "as the frozen numbers say")
    for name in sorted(set(members.manifest) - {*facts, *BESIDE}):
        yield Finding(f"{MANIFEST}: {_short(name)}", "differs", "the planner writes no such line")


def _signed(members: Members) -> Iterator[Finding]:
    """Hold each file against its digest in the manifest."""
    signed, files = members.manifest.get("files"), set(members.files) - {MANIFEST}
    if not isinstance(signed, Mapping):
        yield Finding(f"{MANIFEST}: files", "differs", "it lists no digests")
        return
    wrong = [name for name in sorted(files & set(signed)) if not _fits(signed[name], members.files[name])]
    unlisted, lost = sorted(files - set(signed)), sorted(set(signed) - files)
    for names, told in (
        (wrong, "its digest is not the one in the manifest"),
        (unlisted, "the manifest does not list it"),
        (lost, _ABSENT),
    ):
        for name in names:
            yield Finding(_short(name), "differs", told)
    if not (wrong or unlisted or lost):
        yield Finding(f"{MANIFEST}: files", "same", f"{len(files):,} files have the digests it lists")


def _fits(signed: object, content: bytes) -> bool:
    return signed == {"sha256": sha256(content), "bytes": len(content)}


def _files(members: Members, pack: Pack, tell: Progress) -> Iterator[Finding]:
    """Make every file again and compare."""
    made_with_these = members.manifest.get("written_with") == versions()
    listed = pack_files(pack, _calendar(members.manifest))
    for at, file in enumerate(listed):
        tell(f"Comparing: {file.label}", 0.05 + 0.9 * at / len(listed))
        if file.name not in members.files:
            yield Finding(file.name, "differs", _ABSENT)
            continue
        yield _compared(file, members.files[file.name], same_versions=made_with_these)
    known = {file.name for file in listed} | {AGGREGATES, MANIFEST}
    for name in sorted(set(members.files) - known):
        yield Finding(_short(name), "differs", "the pack made again has no such file")


def _compared(file: PackFile, found: bytes, *, same_versions: bool) -> Finding:
    try:
        return compare(file.name, found, file.make(), same_versions=same_versions)
    except (PlannerError, *FORGED) as error:
        why = f": {error}" if isinstance(error, PlannerError) else ""
        return Finding(file.name, "differs", f"no such file can be made of the frozen numbers{why}")


def _calendar(manifest: Mapping[str, Any]) -> CalendarOf:
    said = manifest.get("calendar")
    if not isinstance(said, Mapping):
        return CalendarOf()
    name, version = said.get("calendar_id"), said.get("version")
    plain = isinstance(name, str) and name.isalnum()
    return CalendarOf(str(name) if plain else "", version if isinstance(version, int) else 0)


def _judged(name: str, told: str, same: str) -> Finding:
    return Finding(name, "differs", told) if told else Finding(name, "same", same)


def _short(value: object) -> str:
    text = " ".join(str(value).split()) if value not in (None, "") else "nothing"
    return text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "..."


def _silent(step: str, done: float) -> None:
    del step, done
