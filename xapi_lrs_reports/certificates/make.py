"""An award -> the hotel's kit on the disk and its line in the register, in this order.

So a crash leaves a kit without a line, which the next run removes; never a line without its kit,
and never one number for two certificates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from programme.directory import ProgrammeDirectory
from xapi_lrs_reports.certificates.award import Award, register_line
from xapi_lrs_reports.certificates.badge import badge, signed_badge
from xapi_lrs_reports.certificates.facts import signed_code
from xapi_lrs_reports.certificates.kit import (
    BADGE_FILE,
    MATERIALS,
    SIGNED_BADGE_FILE,
    as_json,
    certificate_file,
    is_others,
    kit_path,
    number_after,
    refuse_lost_lines,
    remove_unregistered,
    write_kit,
)
from xapi_lrs_reports.certificates.letter import (
    LETTER_TEMPLATE,
    Letter,
    letter_languages,
    letter_pdf,
)
from xapi_lrs_reports.certificates.materials import Materials
from xapi_lrs_reports.certificates.render import TEMPLATE, Certificate, Printer
from xapi_lrs_reports.certificates.texts import language_for
from xapi_lrs_reports.certificates.typesetting import open_typesetter
from xapi_lrs_reports.certificates.writing import OpenRegister


@dataclass(frozen=True)
class Maker:
    """Makes kits and registers them; made by `open_maker`."""

    register: OpenRegister
    printer: Printer
    materials: Materials | None

    @property
    def programme(self) -> ProgrammeDirectory:
        """Give the programme that issues."""
        return self.register.programme

    def make(self, award: Award) -> tuple[Award, Path]:
        """Make the kit, then register it; gives what was awarded, and the certificate's PDF.

        Under the next number where the award's own is that of a kit without a line. Raises
        InputError.
        """
        folder = self.register.path.parent
        certificate = self._certificate(award)
        pdf = self.printer.pdf(certificate)
        if is_others(folder, certificate.number, pdf):
            remove_unregistered(folder, certificate.number)
            facts = replace(award.facts, number=number_after(certificate.number))
            return self.make(replace(award, facts=facts))
        number, language = certificate.number, certificate.language
        path = kit_path(folder, number, award.facts.hotel)
        remove_unregistered(folder, number)
        chain = str(award.kept.get("chain") or "")
        materials = self.materials.files(language, chain) if self.materials else {}
        beside = self._beside(award, certificate, has_materials=bool(materials))
        others = {f"{MATERIALS}/{name}": source for name, source in materials.items()}
        write_kit(path, {certificate_file(number): pdf, **beside}, others)
        self.register.add(register_line(award, language, certificate.code, pdf))
        return award, path / certificate_file(number)

    def _certificate(self, award: Award) -> Certificate:
        settings = self.programme.settings
        return Certificate(
            number=award.facts.number,
            hotel_name=award.facts.name,
            programme=settings.name,
            issuer=settings.issuer or settings.name,
            language=language_for(award.language, settings.language),
            issued_on=award.facts.issued_on,
            valid_until=award.facts.valid_until,
            threshold=award.facts.threshold,
            operator=award.facts.operator,
            rule_version=award.facts.rule_version,
            percent=award.facts.percent,
            code=signed_code(award.facts, self.register.signer, settings.verification_page),
            page=settings.verification_page,
            signatory=settings.signatory,
        )

    def _beside(
        self, award: Award, certificate: Certificate, *, has_materials: bool
    ) -> Mapping[str, bytes]:
        """Give what lies beside the certificate, by file name."""
        settings, signer = self.programme.settings, self.register.signer
        letter = Letter(
            certificate,
            award.facts.issued_on,
            settings.contact,
            award.replaces,
            materials=has_materials,
        )
        letters = {
            f"letter-{language}.pdf": letter_pdf(self.printer.typesetter, letter, language)
            for language in letter_languages(certificate)
        }
        return {
            **letters,
            BADGE_FILE: as_json(badge(award.facts, settings)),
            SIGNED_BADGE_FILE: signed_badge(award.facts, settings, signer).encode(),
        }


@contextmanager
def open_maker(register: OpenRegister, materials: Materials | None) -> Iterator[Maker]:
    """Prepare to make kits; raises InputError if there is no key, or the register is an old one."""
    _ = register.signer
    refuse_lost_lines(register.path.parent, [entry.number for entry in register.entries])
    with open_typesetter(TEMPLATE, LETTER_TEMPLATE) as typesetter:
        yield Maker(register, Printer(typesetter), materials)
