"""Take a workspace's database back to what an older planner made of it."""

import re
import sqlite3
from contextlib import closing

from geo.review.store_tables import UPGRADES

_TABLE = re.compile(r"CREATE TABLE (\w+)")


def back_to_version_2(path) -> None:
    """Drop every table that came after version 2, and the column of finest cells."""
    later = [found[1] for step in UPGRADES[1:] for statement in step if (found := _TABLE.match(statement))]
    with closing(sqlite3.connect(path)) as database:
        for table in later:
            database.execute(f"DROP TABLE {table}")
        database.execute("ALTER TABLE records DROP COLUMN h3_9")
        database.execute("PRAGMA user_version = 2")
        database.commit()
