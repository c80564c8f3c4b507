"""Keep walk cards: which plan was given to whom, for what, until when."""

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from geo.errors import BadInputError
from geo.review.audit import append_line
from geo.review.freezing import canonical
from geo.review.register_screen import screen_of
from geo.review.walks.card_content import content_of, walkabout_from
from geo.review.walks.card_purge import listed_stops
from geo.review.walks.card_reasons import without_reasons
from geo.review.walks.fields import require_fields
from geo.review.walks.wish import require_soon
from geo.review.workspace import Workspace
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.bands import day_of, local
from geo.walkabouts.plan import Walkabout
from geo.walkabouts.sightings import Purpose

LONGEST: Final = 120  # letters: each stands on every page of the card
_NOTHING: Final = "No card was made."
_NOBODY: Final = frozenset({"all", "any", "anybody", "anyone", "everybody", "everyone", "partners", "public", "team"})
_FEWEST_LETTERS: Final = 3
_COLUMNS: Final = "number, day, recipient, purpose, expires, content, digest, who"


@dataclass(frozen=True)
class CardStop:
    """A stop of a card, as a record that comes back names it: by its number alone.

    Attributes
    ----------
    number
        On the card, from 1: teams do not share numbers.
    team
        From 1.
    square
        The square of 100 m; not on the card.
    street
        What the card says.
    point
        Where the team stands, on the street, EPSG:27700.
    arrive
        When, with its zone.
    stay_minutes
        How long.
    purpose
        Why; not on the card.
    """

    number: int
    team: int
    square: str
    street: str
    point: tuple[float, float]
    arrive: datetime
    stay_minutes: float
    purpose: Purpose


@dataclass(frozen=True)
class WalkCard:
    """A card that was given to somebody.

    Attributes
    ----------
    number
        From 1; never given twice.
    day
        Of the walk; the small hours belong to the evening before.
    recipient
        An agency or a role.
    purpose
        What it was given for.
    expires
        The last day on which it may be used.
    who
        Who of the council gave it.
    walkabout
        The plan, its places to the metre.
    digest
        SHA-256 of the plan with a salt as canonical JSON, in hexadecimal; without why each stop is on it, which a card
        that has ended lets go of.
    replaced_by
        The number of a later card for the same walk and recipient; 0 for none.
    """

    number: int
    day: date
    recipient: str
    purpose: str
    expires: date
    who: str
    walkabout: Walkabout
    digest: str
    replaced_by: int = 0

    @property
    def stops(self) -> tuple[CardStop, ...]:
        """Every stop, by number."""
        found = [
            CardStop(
                stop.number,
                team.team,
                stop.square,
                stop.street,
                point=stop.point,
                arrive=stop.arrive,
                stay_minutes=stop.stay_minutes,
                purpose=stop.purpose,
            )
            for team in self.walkabout.teams
            for stop in team.stops
        ]
        return tuple(sorted(found, key=lambda stop: stop.number))


def keep_card(
    workspace: Workspace, walkabout: Walkabout, *, recipient: str, purpose: str, who: str, today: date
) -> WalkCard:
    """Keep the card of a plan, before it is given to anybody.

    Parameters
    ----------
    recipient
        An agency or a role, such as "Hampshire Police, neighbourhood team"; no person's name.
    purpose
        What the card is for, in a few words.
    who
        Who of the council gives it: initials.

    Raises
    ------
    BadInputError
        Recipient, purpose or giver is missing or too long, or must not be kept; the walk was before today, or is more
        than 400 days ahead; the plan has no stop, or one where no walk may stop any more.
    MissingDataError
        The workspace's key is not on this machine.
    """
    said = {"recipient": _tidy(recipient), "purpose": _tidy(purpose), "who": _tidy(who)}
    _require_whole(said)
    _require_walk(walkabout, today)
    _require_fit(workspace, walkabout, said)
    options = workspace.scenario.walkabouts
    day, expires = day_of(walkabout.begins, options), _expiry(walkabout, options)
    # The digest goes out with the form: salted, so that nobody can try which plan it is of.
    text = canonical(content_of(walkabout) | {"salt": secrets.token_hex(16)})
    row = (day.isoformat(), said["recipient"], said["purpose"], expires.isoformat(), text, _digest(text), said["who"])
    with workspace.store.noting() as connection:
        connection.execute(
            "INSERT INTO walk_cards (day, recipient, purpose, expires, content, digest, who, signed, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, workspace.signer.who, workspace.signer.moment()),
        )
        number = int(connection.execute("SELECT MAX(number) FROM walk_cards").fetchone()[0])
        detail = (
            f"walk card {number}: stops {len(walkabout.stops)}, teams {len(walkabout.teams)}, digest {row[5][:12]}, "
            f"use until {expires.isoformat()}"
        )
        append_line(connection, "walk card", detail, signer=workspace.signer)
    return card_numbered(workspace, number)


def read_cards(workspace: Workspace) -> tuple[WalkCard, ...]:
    """Read every card kept, in the order of giving.

    Raises
    ------
    BadInputError
        One was changed since: its digest does not fit.
    """
    with workspace.store.reading() as connection:
        rows = connection.execute(f"SELECT {_COLUMNS} FROM walk_cards ORDER BY number").fetchall()  # noqa: S608 - our own column names
    cards = [_card(row) for row in rows]
    last = {_same_walk(card): card.number for card in cards}
    later = {card.number: last[_same_walk(card)] for card in cards if last[_same_walk(card)] != card.number}
    return tuple(replace(card, replaced_by=later.get(card.number, 0)) for card in cards)


def card_numbered(workspace: Workspace, number: int) -> WalkCard:
    """Read one card.

    Raises
    ------
    BadInputError
        There is none of that number, or it was changed since.
    """
    cards = read_cards(workspace)
    found = next((card for card in cards if card.number == number), None)
    if found is None:
        kept = ", ".join(str(card.number) for card in cards[-5:]) or "none yet"
        message = f"There is no walk card {number}; the last cards kept: {kept}."
        raise BadInputError(message)
    return found


def expired(card: WalkCard, today: date) -> bool:
    """Tell whether a card may no longer be used.

    Parameters
    ----------
    today
        The card may still be used on the day it expires.
    """
    return today > card.expires


def require_usable(card: WalkCard, today: date) -> None:
    """Refuse a card that may no longer be used.

    Raises
    ------
    BadInputError
        It has expired, or a later card took its place.
    """
    if expired(card, today):
        until = f"{card.expires.day} {card.expires:%B %Y}"
        message = f"Walk card {card.number} could be used until {until}; plan the walk again for a new card."
        raise BadInputError(message)
    if card.replaced_by:
        message = f"Walk card {card.number} was replaced by card {card.replaced_by}; hand that one out."
        raise BadInputError(message)


def _card(row: Sequence[Any]) -> WalkCard:
    number, day, recipient, purpose, expires, text, digest, who = row
    if _digest(text) != digest:
        message = f"Walk card {number} was changed after it was kept; restore the workspace from a copy."
        raise BadInputError(message)
    return WalkCard(
        number,
        date.fromisoformat(day),
        recipient,
        purpose,
        expires=date.fromisoformat(expires),
        who=who,
        walkabout=walkabout_from(json.loads(text)),
        digest=digest,
    )


def _same_walk(card: WalkCard) -> tuple[datetime, str]:
    return card.walkabout.begins, card.recipient.casefold()


def _expiry(walkabout: Walkabout, options: WalkaboutOptions) -> date:
    """Give the last day of use; a walk past midnight may be ended with its card in hand."""
    day = day_of(walkabout.begins, options)
    return max(day + timedelta(days=options.card_days), local(walkabout.ends).date())


def _require_whole(said: dict[str, str]) -> None:
    words = {"recipient": "to whom it is given (an agency or a role)", "purpose": "what for", "who": "who gives it"}
    for name, text in said.items():
        if not text or len(text) > LONGEST:
            message = f"A walk card says {words[name]}, in 1 to {LONGEST} letters. {_NOTHING}"
            raise BadInputError(message)
    recipient = said["recipient"]
    if recipient.casefold() in _NOBODY or sum(letter.isalpha() for letter in recipient) < _FEWEST_LETTERS:
        message = (
            f"'{recipient}' names nobody who could answer for the card; expected an agency or a role, such as "
            f"'Hampshire Police, neighbourhood team'. {_NOTHING}"
        )
        raise BadInputError(message)


def _require_walk(walkabout: Walkabout, today: date) -> None:
    day = local(walkabout.begins).date()
    if day < today:
        message = f"The walk was on {day.day} {day:%B %Y}, before today; plan one that is still to come. {_NOTHING}"
        raise BadInputError(message)
    require_soon(walkabout.begins, today)
    if not walkabout.stops:
        message = f"The plan has no stop; give it more minutes, or another start. {_NOTHING}"
        raise BadInputError(message)


def _require_fit(workspace: Workspace, walkabout: Walkabout, said: dict[str, str]) -> None:
    require_fields(workspace, said)
    screen = screen_of(workspace)
    screen.require_fit({"start": walkabout.start.name, "end": walkabout.end.name})
    stops = [(stop.square, stop.point) for stop in walkabout.stops]
    if listed_stops([*stops, ("", walkabout.start.point), ("", walkabout.end.point)], screen.safe):
        message = f"The places have changed since this walk was planned; plan it again. {_NOTHING}"
        raise BadInputError(message)


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _digest(text: str) -> str:
    return hashlib.sha256(without_reasons(text).encode()).hexdigest()
