"""The tables of a workspace's database, and the steps that bring an older one up to date."""

from typing import Final

from geo.schema import FINE_RECORDS, FLAGS

VERSION: Final = 5
RECORD_COLUMNS: Final = tuple(FINE_RECORDS.columns)
_WHOLE_NUMBERS: Final = frozenset({"h3_7", "h3_8", "h3_9", *FLAGS})


def _record_table() -> str:
    kinds = {name: "INTEGER NOT NULL" if name in _WHOLE_NUMBERS else "TEXT NOT NULL" for name in RECORD_COLUMNS}
    kinds["record"] = "TEXT PRIMARY KEY"
    columns = ", ".join(f"{name} {kind}" for name, kind in kinds.items())
    # Without a rowid the rows lie in the order of their hashes, which says nothing of the order of the export.
    return f"CREATE TABLE records ({columns}) WITHOUT ROWID"


_REVIEW_TABLES: Final = (
    # What was looked at in a review year, each different analysis once.
    """CREATE TABLE looks (review TEXT NOT NULL, digest TEXT NOT NULL, day TEXT NOT NULL, what TEXT NOT NULL,
    PRIMARY KEY (review, digest))""",
    # What an officer says of a place, kept by the cell the finding is surest at.
    """CREATE TABLE area_notes (number INTEGER PRIMARY KEY, resolution INTEGER NOT NULL, cell INTEGER NOT NULL,
    area TEXT NOT NULL, reason TEXT NOT NULL, who TEXT NOT NULL, day TEXT NOT NULL)""",
    # The confirmatory analyses: rule and numbers as they stood, never changed, at most superseded by a later one.
    """CREATE TABLE freezes (number INTEGER PRIMARY KEY, review TEXT NOT NULL, day TEXT NOT NULL, who TEXT NOT NULL,
    reason TEXT NOT NULL, looks INTEGER NOT NULL, content TEXT NOT NULL, digest TEXT NOT NULL)""",
)
_KEEPING_TABLES: Final = (
    # Who did what, each line chained to the last (geo/review/audit.py). Lines are added at the end and never changed.
    """CREATE TABLE audit (number INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL,
    detail TEXT NOT NULL, digest TEXT NOT NULL)""",
    """CREATE TRIGGER audit_grows_at_its_end BEFORE INSERT ON audit
    WHEN NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM audit)
    BEGIN SELECT RAISE(ABORT, 'lines are added to the audit log at its end'); END""",
    """CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'a line of the audit log is never changed'); END""",
    """CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'a line of the audit log is never removed'); END""",
    # How many rows were erased and when: nothing of what they said, not even their feed or month.
    "CREATE TABLE erased (number INTEGER PRIMARY KEY, day TEXT NOT NULL, rows INTEGER NOT NULL)",
    # Under which agreement a feed's data may be held, and until when.
    """CREATE TABLE agreements (feed TEXT PRIMARY KEY, controller TEXT NOT NULL, agreement TEXT NOT NULL,
    purpose TEXT NOT NULL, until TEXT NOT NULL) WITHOUT ROWID""",
)
_GIVING_TABLES: Final = (
    # What was given out, as it was given out (geo/review/releases.py): never changed, never taken back.
    """CREATE TABLE releases (number INTEGER PRIMARY KEY, day TEXT NOT NULL, who TEXT NOT NULL, audience TEXT NOT NULL,
    published TEXT NOT NULL, digest TEXT NOT NULL, shapes TEXT NOT NULL, counted TEXT NOT NULL, title TEXT NOT NULL,
    editions TEXT NOT NULL)""",
    """CREATE TRIGGER releases_grow_at_their_end BEFORE INSERT ON releases
    WHEN NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM releases)
    BEGIN SELECT RAISE(ABORT, 'a release is added after the last one'); END""",
    """CREATE TRIGGER releases_are_not_changed BEFORE UPDATE ON releases
    BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END""",
    """CREATE TRIGGER releases_are_not_removed BEFORE DELETE ON releases
    BEGIN SELECT RAISE(ABORT, 'a release is never removed'); END""",
    # What others have published of the same clients, as the council entered it; a mistyped one may be withdrawn.
    """CREATE TABLE external_tables (number INTEGER PRIMARY KEY, day TEXT NOT NULL, who TEXT NOT NULL,
    content TEXT NOT NULL)""",
)
_SAFE_TABLES: Final = (
    # The council's list of safe accommodation: keyed hashes of postcodes, and of squares of 10 m; nothing else.
    "CREATE TABLE safe_places (place TEXT PRIMARY KEY) WITHOUT ROWID",
    # A point is where an officer says that a place is (given), or where the postcode directory has its postcode.
    """CREATE TABLE safe_points (place TEXT NOT NULL, point TEXT NOT NULL, given INTEGER NOT NULL,
    PRIMARY KEY (place, point, given)) WITHOUT ROWID""",
    # Who keeps the list, and how many places each change added or removed.
    "CREATE TABLE safe_officers (who TEXT PRIMARY KEY) WITHOUT ROWID",
    """CREATE TABLE safe_changes (number INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL,
    added INTEGER NOT NULL, removed INTEGER NOT NULL)""",
)


def _grows_at_its_end(table: str, what: str) -> tuple[str, ...]:
    """Keep a table from being changed by anything but a further row at its end."""
    return (
        f"""CREATE TRIGGER {table}_grow_at_their_end BEFORE INSERT ON {table}
        WHEN NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM {table})
        BEGIN SELECT RAISE(ABORT, '{what} is added after the last one'); END""",  # noqa: S608 - our own table names
        *_stays(table, what),
    )


def _stays(table: str, what: str) -> tuple[str, ...]:
    return (
        f"""CREATE TRIGGER {table}_are_not_changed BEFORE UPDATE ON {table}
        BEGIN SELECT RAISE(ABORT, '{what} is never changed'); END""",
        f"""CREATE TRIGGER {table}_are_not_removed BEFORE DELETE ON {table}
        BEGIN SELECT RAISE(ABORT, '{what} is never removed'); END""",
    )


_SITE_TABLES: Final = (
    # A site as it was when something was first noted on it, so that it stays known when it leaves its file; a site
    # that the council entered itself is known from here alone (geo/review/register_state.py).
    """CREATE TABLE site_entries (site TEXT PRIMARY KEY, name TEXT NOT NULL, category TEXT NOT NULL,
    postcode TEXT NOT NULL, easting REAL NOT NULL, northing REAL NOT NULL, dataset TEXT NOT NULL) WITHOUT ROWID""",
    *_stays("site_entries", "a site of the register"),
    # Who changed which fact of a site from what to what: the present state is the last of each.
    """CREATE TABLE site_changes (number INTEGER PRIMARY KEY, thing TEXT NOT NULL, field TEXT NOT NULL,
    was TEXT NOT NULL, became TEXT NOT NULL, who TEXT NOT NULL, at TEXT NOT NULL)""",
    *_grows_at_its_end("site_changes", "a change of the register"),
    # Who of the council spoke to whom (a role) about what, and how the matter stands since.
    """CREATE TABLE site_log (number INTEGER PRIMARY KEY, site TEXT NOT NULL, day TEXT NOT NULL, who TEXT NOT NULL,
    with_whom TEXT NOT NULL, about TEXT NOT NULL, status TEXT NOT NULL, signed TEXT NOT NULL, at TEXT NOT NULL)""",
    *_grows_at_its_end("site_log", "an entry of the liaison log"),
    # Which sites were chosen or refused, and on which evidence (geo/review/decisions.py).
    """CREATE TABLE decisions (number INTEGER PRIMARY KEY, day TEXT NOT NULL, who TEXT NOT NULL, verdict TEXT NOT NULL,
    sites TEXT NOT NULL, why TEXT NOT NULL, evidence TEXT NOT NULL, digest TEXT NOT NULL, supersedes INTEGER NOT NULL,
    signed TEXT NOT NULL, at TEXT NOT NULL)""",
    *_grows_at_its_end("decisions", "a decision"),
    # What is to be done by whom until when, with every change of it (geo/review/actions.py).
    """CREATE TABLE action_changes (number INTEGER PRIMARY KEY, thing TEXT NOT NULL, field TEXT NOT NULL,
    was TEXT NOT NULL, became TEXT NOT NULL, who TEXT NOT NULL, at TEXT NOT NULL)""",
    *_grows_at_its_end("action_changes", "a change of an action"),
)
_PROGRAMME_TABLES: Final = (
    # When a partner agency's people can come to a hub; an agency's name, no person's.
    """CREATE TABLE partners (name TEXT PRIMARY KEY, weekdays TEXT NOT NULL, weeks TEXT NOT NULL, begins TEXT NOT NULL,
    ends TEXT NOT NULL, away TEXT NOT NULL) WITHOUT ROWID""",
    # The hubs of a year as they were settled (geo/review/programmes_kept.py); a later one supersedes an earlier one.
    """CREATE TABLE programmes (number INTEGER PRIMARY KEY, year TEXT NOT NULL, day TEXT NOT NULL, who TEXT NOT NULL,
    why TEXT NOT NULL, content TEXT NOT NULL, digest TEXT NOT NULL, signed TEXT NOT NULL, at TEXT NOT NULL)""",
    *_grows_at_its_end("programmes", "a programme"),
)
_MONITOR_TABLES: Final = (
    # Hubs that were held: numbers of people by broad reason, never a name; a later row may put an earlier one right.
    """CREATE TABLE hub_sessions (number INTEGER PRIMARY KEY, day TEXT NOT NULL, site TEXT NOT NULL,
    place TEXT NOT NULL, agencies TEXT NOT NULL, people INTEGER NOT NULL, reasons TEXT NOT NULL,
    supersedes INTEGER NOT NULL, withdrawn INTEGER NOT NULL, who TEXT NOT NULL, signed TEXT NOT NULL,
    at TEXT NOT NULL)""",
    *_grows_at_its_end("hub_sessions", "a hub that was held"),
    # Figures of a quarter for the whole district, such as offers made to people sleeping rough: the last one counts.
    """CREATE TABLE quarter_figures (number INTEGER PRIMARY KEY, quarter TEXT NOT NULL, name TEXT NOT NULL,
    value INTEGER, who TEXT NOT NULL, signed TEXT NOT NULL, at TEXT NOT NULL)""",
    *_grows_at_its_end("quarter_figures", "a figure of a quarter"),
)
_FEED_TABLES: Final = (
    # Whom a feed comes from, in which role under data protection law, and by when each quarter.
    """CREATE TABLE feed_plans (feed TEXT PRIMARY KEY, owner TEXT NOT NULL, role TEXT NOT NULL,
    due_days INTEGER NOT NULL) WITHOUT ROWID""",
    # What the codes of a feed's system mean (geo/review/presets), so that its next export is read the same way.
    "CREATE TABLE value_meanings (feed TEXT PRIMARY KEY, meanings TEXT NOT NULL) WITHOUT ROWID",
    # Counts that a partner made of its own records; never added to the council's households.
    """CREATE TABLE count_tables (number INTEGER PRIMARY KEY, feed TEXT NOT NULL, day TEXT NOT NULL,
    period TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, level TEXT NOT NULL, exact INTEGER NOT NULL,
    content TEXT NOT NULL, digest TEXT NOT NULL, who TEXT NOT NULL, signed TEXT NOT NULL, at TEXT NOT NULL)""",
)
_PACK_TABLES: Final = (
    # What a review's pack was made of, as it stood (geo/review/pack): never changed, superseded by a later one.
    """CREATE TABLE packs (number INTEGER PRIMARY KEY, review TEXT NOT NULL, audience TEXT NOT NULL, day TEXT NOT NULL,
    who TEXT NOT NULL, why TEXT NOT NULL, content TEXT NOT NULL, digest TEXT NOT NULL, signed TEXT NOT NULL,
    at TEXT NOT NULL)""",
    *_grows_at_its_end("packs", "a pack"),
)
_SAME_TABLES: Final = (
    # What officers said of two sites that look like one place (geo/review/same_answers.py): the last answer counts.
    """CREATE TABLE same_places (number INTEGER PRIMARY KEY, first TEXT NOT NULL, second TEXT NOT NULL,
    answer TEXT NOT NULL, who TEXT NOT NULL, signed TEXT NOT NULL, at TEXT NOT NULL)""",
    *_grows_at_its_end("same_places", "an answer on two sites"),
)


def _changes_only_by_adding(table: str, what: str) -> tuple[str, ...]:
    """Keep rows from being changed; they may be erased, for where people sleep is not kept for ever."""
    return (
        f"""CREATE TRIGGER {table}_are_not_changed BEFORE UPDATE ON {table}
        BEGIN SELECT RAISE(ABORT, '{what} is never changed'); END""",
    )


_WALK_TABLES: Final = (
    # Reports and partner intelligence: a square of 100 m at the finest, never a word about a person. `ref` is a keyed
    # hash of the sender's own reference, `given` one of all that a row said of place, time and people: it tells whether
    # a row that comes again says the same, also where its place was not kept. Numbers are not given twice, also where
    # the last rows were erased.
    """CREATE TABLE walk_reports (number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, source TEXT NOT NULL,
    ref TEXT NOT NULL, seen TEXT NOT NULL, received TEXT NOT NULL, square TEXT NOT NULL, street TEXT NOT NULL,
    located TEXT NOT NULL, people INTEGER NOT NULL, supersedes INTEGER NOT NULL, withdrawn INTEGER NOT NULL,
    who TEXT NOT NULL, signed TEXT NOT NULL, at TEXT NOT NULL, given TEXT NOT NULL DEFAULT '')""",
    *_changes_only_by_adding("walk_reports", "a report"),
    # Walkabouts that were held; agencies by name, nobody else. `ref` is the number that the phone's form gave the walk.
    """CREATE TABLE walks (number INTEGER PRIMARY KEY AUTOINCREMENT, begins TEXT NOT NULL, ends TEXT NOT NULL,
    agencies TEXT NOT NULL, people INTEGER NOT NULL, card INTEGER NOT NULL, ref TEXT NOT NULL DEFAULT '',
    supersedes INTEGER NOT NULL, withdrawn INTEGER NOT NULL, who TEXT NOT NULL, signed TEXT NOT NULL,
    at TEXT NOT NULL)""",
    *_changes_only_by_adding("walks", "a walkabout"),
    # Each place that a team was at, with whom it found, and where it found nobody.
    """CREATE TABLE walk_visits (number INTEGER PRIMARY KEY AUTOINCREMENT, walk INTEGER NOT NULL, square TEXT NOT NULL,
    street TEXT NOT NULL, arrived TEXT NOT NULL, left_at TEXT NOT NULL, outcome TEXT NOT NULL,
    bedded_down INTEGER NOT NULL, about_to INTEGER NOT NULL, offered INTEGER NOT NULL, accepted INTEGER NOT NULL,
    refused INTEGER NOT NULL, purpose TEXT NOT NULL, supersedes INTEGER NOT NULL, withdrawn INTEGER NOT NULL,
    who TEXT NOT NULL, signed TEXT NOT NULL, at TEXT NOT NULL)""",
    *_changes_only_by_adding("walk_visits", "a visit"),
    # Who walks along, with which power, and when their people can; an agency's name, no person's.
    """CREATE TABLE walk_agencies (name TEXT PRIMARY KEY, powers TEXT NOT NULL, people INTEGER NOT NULL,
    weekdays TEXT NOT NULL, bands TEXT NOT NULL, away TEXT NOT NULL) WITHOUT ROWID""",
    # The rota of a span as it was settled; a later one of days within it takes its place for those days.
    """CREATE TABLE rotas (number INTEGER PRIMARY KEY AUTOINCREMENT, first TEXT NOT NULL, last TEXT NOT NULL,
    day TEXT NOT NULL, who TEXT NOT NULL, why TEXT NOT NULL, content TEXT NOT NULL, digest TEXT NOT NULL,
    signed TEXT NOT NULL, at TEXT NOT NULL)""",
    *_changes_only_by_adding("rotas", "a rota"),
    # Which card was given to whom for what, and until when; its stops come back by their numbers alone.
    """CREATE TABLE walk_cards (number INTEGER PRIMARY KEY AUTOINCREMENT, day TEXT NOT NULL, recipient TEXT NOT NULL,
    purpose TEXT NOT NULL, expires TEXT NOT NULL, content TEXT NOT NULL, digest TEXT NOT NULL, who TEXT NOT NULL,
    signed TEXT NOT NULL, at TEXT NOT NULL)""",
    *_changes_only_by_adding("walk_cards", "a walk card"),
    # The plan of a night's count, and its result, as they were settled; the date is confidential.
    """CREATE TABLE snapshots (number INTEGER PRIMARY KEY AUTOINCREMENT, night TEXT NOT NULL, what TEXT NOT NULL,
    content TEXT NOT NULL, digest TEXT NOT NULL, who TEXT NOT NULL, signed TEXT NOT NULL, at TEXT NOT NULL)""",
    *_changes_only_by_adding("snapshots", "a plan of the count"),
)
TABLES: Final = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE feeds (feed TEXT PRIMARY KEY, address_kind TEXT NOT NULL, date_kind TEXT NOT NULL,
    columns TEXT NOT NULL, last_import TEXT NOT NULL, imports INTEGER NOT NULL) WITHOUT ROWID""",
    "CREATE TABLE imports (number INTEGER PRIMARY KEY, feed TEXT NOT NULL, day TEXT NOT NULL, report TEXT NOT NULL)",
    "CREATE TABLE institutions (place TEXT PRIMARY KEY, kind TEXT NOT NULL) WITHOUT ROWID",
    _record_table(),
    "CREATE INDEX records_of_feed ON records (feed)",
    *_REVIEW_TABLES,
    *_KEEPING_TABLES,
    *_GIVING_TABLES,
    *_SAFE_TABLES,
    *_SITE_TABLES,
    *_PROGRAMME_TABLES,
    *_MONITOR_TABLES,
    *_FEED_TABLES,
    *_PACK_TABLES,
    *_SAME_TABLES,
    *_WALK_TABLES,
)
UPGRADES: Final = (
    # From version 1: rows taken in before carry no area and no district until their export is added again.
    (
        "ALTER TABLE records ADD COLUMN area TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE records ADD COLUMN district TEXT NOT NULL DEFAULT ''",
        *_REVIEW_TABLES,
        *_KEEPING_TABLES,
        *_GIVING_TABLES,
        *_SAFE_TABLES,
    ),
    # From version 2: the site register, decisions and actions; partners and programmes; resolution 9, kept by choice.
    (*_SITE_TABLES, *_PROGRAMME_TABLES, "ALTER TABLE records ADD COLUMN h3_9 INTEGER NOT NULL DEFAULT 0"),
    # From version 3: hubs held, figures of a quarter, what is asked of each feed, partners' counts, packs, sites alike.
    (*_MONITOR_TABLES, *_FEED_TABLES, *_PACK_TABLES, *_SAME_TABLES),
    # From version 4: reports of people sleeping rough, walkabouts, visits, rotas, cards, nights' counts.
    _WALK_TABLES,
)
"""The statements of each step, the first from version 1 to 2."""
