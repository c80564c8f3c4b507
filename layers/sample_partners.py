"""The partner agencies of the fictional sample district, and when they can come to a hub."""

from typing import Final

from geo.hubs.programme import Partner, make_partner

SAMPLE_PARTNERS: Final[tuple[Partner, ...]] = (
    make_partner("Citizens Advice Saltmarsh", weekdays="Tue, Thu", begin="09:30", end="16:30"),
    make_partner("Saltmarsh Food Banks", weekdays="Wed, Thu", weeks="first, third"),
    make_partner("Community nurses", weekdays="Mon, Tue, Wed, Thu, Fri", end="13:00", away="2025-08-01..2025-08-31"),
    make_partner("Jobcentre Plus", weekdays="Wed, Thu", begin="10:00"),
    make_partner("Drug and alcohol service", weekdays="Tue, Wed", weeks="second, fourth", begin="10:00", end="16:00"),
)
