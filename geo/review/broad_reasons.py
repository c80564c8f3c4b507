"""Put the reasons of the official returns into the few broad ones that partners' counts go by."""

from typing import Final

from geo.review.hub_reasons import OTHER

_BROAD: Final = {
    "end of private rented tenancy: assured shorthold": "private",
    "end of private rented tenancy: not assured shorthold": "private",
    "family or friends no longer willing or able to accommodate": "family",
    "non-violent relationship breakdown with partner": "relationship",
    "mortgage repossession": "money",
    "rent arrears": "money",
    "end of social rented tenancy": "social",
    "eviction from supported housing": "social",
    "left institution with no accommodation available": "institution",
    "left HM forces": "institution",
    "home no longer suitable: disability or ill health": "condition",
    "fire, flood or other emergency": "condition",
    "property disrepair": "condition",
    "rough sleeping": "rough",
}


def broad_reason(reason: str) -> str:
    """Name the broad reason of an official term; every other one, domestic abuse among them, is "other".

    Examples
    --------
    >>> [broad_reason(text) for text in ("rent arrears", "domestic abuse", "not stated")]
    ['money', 'other', 'other']
    """
    return _BROAD.get(reason, OTHER)
