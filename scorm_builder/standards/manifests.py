"""Which file tells an LMS what a package is, for every standard: the one table of them all."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from scorm_builder.package.plan_package import PackageFile, PackagePlan
from scorm_builder.standards import cmi5, scorm12, scorm2004, web, xapi

_IMS_MANIFEST = "imsmanifest.xml"
_WRITERS: dict[str, tuple[str, Callable[[PackagePlan], bytes]]] = {
    "scorm12": (_IMS_MANIFEST, scorm12.manifest),
    "scorm2004-3": (_IMS_MANIFEST, partial(scorm2004.manifest, edition=scorm2004.Edition.THIRD)),
    "scorm2004-4": (_IMS_MANIFEST, partial(scorm2004.manifest, edition=scorm2004.Edition.FOURTH)),
    "cmi5": ("cmi5.xml", cmi5.course_structure),
    "xapi": ("tincan.xml", xapi.activities),
}


def package_files(plan: PackagePlan, standard: str) -> tuple[PackageFile, tuple[PackageFile, ...]]:
    """Give the file that stands first in the zip, and all others.

    Raises:
        KeyError: this is no standard of ours.
    """
    if standard == "web":
        return web.site_files(plan)
    return manifest_file(plan, standard), plan.files


def manifest_file(plan: PackagePlan, standard: str) -> PackageFile:
    """Give the manifest under the name that its standard wants, at the root of the package.

    Raises:
        KeyError: this is no standard of ours.
    """
    name, write = _WRITERS[standard]
    return PackageFile(name, write(plan))
