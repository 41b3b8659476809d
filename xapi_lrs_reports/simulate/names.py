"""Invented chains, places and words of the trade. None of the chains or hotels exists."""

from __future__ import annotations

from dataclasses import dataclass

PROGRAMME_NAME = "Hotels Awake (simulated)"
ISSUER = "Hotels Awake Foundation (simulated)"
IRI = "https://id.noroom.example"
LRS_HOME = "https://lrs.noroom.example"
OFFICER = "mailto:programme.officer@noroom.example"
COURSE = "no-room"
COURSE_VERSION = "1.0.0"


@dataclass(frozen=True)
class InventedChain:
    """A chain of the simulation. `employee` is the pattern of its LMS ids."""

    id: str
    name: str
    brand: str
    platform: str
    employee: str
    salt: str | None = None


CHAINS = (
    InventedChain("zilverbrug", "Zilverbrug Hotels", "Zilverbrug", "scorm12", "ZB{0:05d}-{1:03d}"),
    InventedChain(
        "ostermeer", "Ostermeer Group", "Ostermeer", "scorm2004-4",
        "staff.{0}.{1}@ostermeer.example", "ostermeer-2026",
    ),
    InventedChain("quillhaven", "Quillhaven Inns", "Quillhaven", "scorm12", "{0:05d}{1:04d}"),
    InventedChain("vrije-huizen", "Vrije Huizen (independent hotels)", "Hotel", "scorm2004-4",
                  "vh_{0}_{1}"),
)  # fmt: skip

_PLACE_STARTS = (
    "Aller", "Boven", "Duin", "Eiken", "Gruis", "Haver", "Kalk", "Linden", "Maren", "Molen",
    "Neder", "Ooster", "Peppel", "Riet", "Steen", "Turf", "Veer", "Wester", "Wilgen", "Zand",
)  # fmt: skip
_PLACE_ENDS = (
    "bergen", "brink", "dorp", "gracht", "haven", "hoek", "horst", "kade", "laar", "markt",
    "plein", "poort", "stede", "veld", "wijk", "zicht",
)  # fmt: skip

DEPARTMENTS = (
    ("housekeeping", 38), ("food_beverage", 28), ("front_desk", 17), ("maintenance", 7),
    ("management", 6), ("security", 4),
)  # fmt: skip
CONTRACTS_COUNTED = (
    ("permanent", 50), ("fixed", 15), ("part_time", 20), ("zero_hours", 10), ("trainee", 5),
)  # fmt: skip
CONTRACTS_BESIDE = (("agency", 50), ("outsourced_cleaning", 30), ("on_leave", 20))
LANGUAGES = (("nl", 55), ("en", 25), ("pl", 8), ("ro", 4), ("uk", 4), ("ar", 4))


def hotel_name(chain: InventedChain, number: int) -> str:
    """Give the name of hotel `number` (from 0); the same place gets a numeral the second time."""
    starts, ends = len(_PLACE_STARTS), len(_PLACE_ENDS)
    start = _PLACE_STARTS[(number * 7) % starts]
    end = _PLACE_ENDS[(number // starts + number * 5) % ends]
    round_of_names = number // (starts * ends)
    numeral = f" {round_of_names + 1}" if round_of_names else ""
    return f"{chain.brand} {start}{end}{numeral}"
