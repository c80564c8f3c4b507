"""Short ways to record hubs of the little council, which has a hall and a church."""

from datetime import date

from geo.review.hub_checks import HeldHub
from geo.review.hub_sessions import record_hub
from tests.geo.review.registers import HALL
from tests.tinytown.council import TODAY

REASONS = {"private": 3, "family": 2}


def hub(day="2024-05-14", *, site=HALL, people=5, reasons=None, agencies=("Citizens Advice",), who="JS"):
    """A hub as an officer gives it."""
    return HeldHub(date.fromisoformat(day), site, people, REASONS if reasons is None else reasons, agencies, who)


def record(council, day="2024-05-14", *, supersedes=0, today=TODAY, **other):
    """Record a hub."""
    return record_hub(council, hub(day, **other), today=today, supersedes=supersedes)


def file_of(*rows, header='"Date","Site","Agencies","People seen","private","other","Recorded by"'):
    """Write a file of hubs as CSV."""
    return "\n".join((header, *rows, "")).encode()
