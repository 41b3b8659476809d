"""programme.yaml and the chains' chain.yaml of a simulated programme."""

from __future__ import annotations

from pathlib import Path

from xapi_lrs_reports.simulate import days, names

_PROGRAMME = f"""\
# A simulated programme: every chain, hotel and person in it is invented.
name: "{names.PROGRAMME_NAME}"
issuer: "{names.ISSUER}"
iri: {names.IRI}
country: NL
language: nl
time_zone: Europe/Amsterdam

# Who may have written a statement. Only the programme officer may void one.
authorities:
"""

_CHAIN_AUTHORITY = """\
  - account:
      homePage: {home}
      name: {chain}-packages
    chain: {chain}
"""

_CHAIN = """\
name: "{name}"
manager_title:
  en: the duty manager
  nl: de dienstdoende manager
second_contact:
  en: the HR desk
  nl: de afdeling HR
lrs:
  endpoint: {home}/xAPI/
  key: "{chain}:append-only"
"""

_OFFICER_AND_RULE = f"""\
  - mbox: {names.OFFICER}
    may_void: true

# The window is longer than usual, so that the simulated answer stays right for years
# (truth.json: as_of, true_until).
rule:
  threshold: 60
  accepted_courses:
    - course: {names.COURSE}
  completion_window_months: {days.WINDOW_MONTHS}
"""


def write(folder: Path) -> None:
    """Write programme.yaml and chains/<id>/chain.yaml into `folder`."""
    authorities = "".join(
        _CHAIN_AUTHORITY.format(home=names.LRS_HOME, chain=chain.id) for chain in names.CHAINS
    )
    _write(folder / "programme.yaml", _PROGRAMME + authorities + _OFFICER_AND_RULE)
    for chain in names.CHAINS:
        salt = f"pseudonym_salt: {chain.salt}\n" if chain.salt else ""
        settings = _CHAIN.format(name=chain.name, home=names.LRS_HOME, chain=chain.id)
        path = folder / "chains" / chain.id / "chain.yaml"
        path.parent.mkdir(parents=True)
        _write(path, settings + salt)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
