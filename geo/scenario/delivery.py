"""Options of the delivery plan: what the strategy promises each quarter."""

from pydantic import Field

from geo.scenario.options import Options


class DeliveryOptions(Options):
    """What is to be done in each quarter of a review year (Test Valley 2.16, 4.12 and 4.14).

    Attributes
    ----------
    hubs_a_quarter
        At least so many multi-agency hubs are held.
    walkabouts_a_quarter
        At least so many walkabouts are held.
    visited_share
        At least this share of the reports of people sleeping rough are visited within one working day, 0 to 1.
    """

    hubs_a_quarter: int = Field(default=1, ge=0, le=52)
    walkabouts_a_quarter: int = Field(default=1, ge=0, le=52)
    visited_share: float = Field(default=1.0, ge=0, le=1)
