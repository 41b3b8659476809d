"""PackagePlan -> a static site: the files of the package in one folder, and no manifest.

The folder is named after the course and its language, so that several languages can be unpacked
side by side on one server. Nothing in it names its own address: it works under any path.
"""

from __future__ import annotations

from dataclasses import replace

from scorm_builder.package.plan_package import PackageFile, PackagePlan, language_part


def site_files(plan: PackagePlan) -> tuple[PackageFile, tuple[PackageFile, ...]]:
    """Give the launch page, and all other files."""
    files = [replace(file, path=f"{site_folder(plan)}/{file.path}") for file in plan.files]
    launch = f"{site_folder(plan)}/{plan.launch}"
    first = next(file for file in files if file.path == launch)
    return first, tuple(file for file in files if file is not first)


def site_folder(plan: PackagePlan) -> str:
    """Give the folder, such as "no-room-nl"; "no-room-multi" with a choice of languages."""
    return f"{plan.course}-{language_part(plan.languages).lower()}"
