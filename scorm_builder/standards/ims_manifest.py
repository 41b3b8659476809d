"""What the manifests of all SCORM versions share: the IMS content package around the organization.

Spec: SCORM 1.2 CAM, section 2.3; SCORM 2004 CAM, section 3.4. Each version brings its namespaces.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from scorm_builder.package.plan_package import PackagePlan, Sco
from scorm_builder.standards.elements import Namespace, document


@dataclass(frozen=True)
class ImsManifest:
    """One version's shape: its `schemaversion`, and how it spells the attribute of the SCORM type.

    `scorm_type` is the qualified name: adlcp:scormtype in SCORM 1.2, adlcp:scormType in 2004.
    """

    imscp: Namespace
    version: str
    scorm_type: str

    def document(self, plan: PackagePlan, organization: etree._Element) -> bytes:
        """Give imsmanifest.xml: UTF-8, no BOM, no DOCTYPE, files in the plan's order."""
        schema = [
            self.imscp("schema", "ADL SCORM"),
            self.imscp("schemaversion", self.version),
        ]
        root = self.imscp(
            "manifest",
            [
                self.imscp("metadata", schema),
                self.imscp("organizations", [organization], default=plan.organization_id),
                self.imscp("resources", self._resources(plan)),
            ],
            identifier=plan.manifest_id,
            version="1.0",
        )
        return document(root)

    def organization(self, plan: PackagePlan, content: Iterable[etree._Element]) -> etree._Element:
        """Give the organization: its title, then the items and what else belongs to it."""
        title = self.imscp("title", plan.title)
        return self.imscp("organization", [title, *content], identifier=plan.organization_id)

    def item(
        self, sco: Sco, content: Iterable[etree._Element], **attributes: str
    ) -> etree._Element:
        """Give the item that starts a SCO: its title, then what else belongs to it."""
        return self.imscp(
            "item",
            [self.imscp("title", sco.title), *content],
            identifier=sco.item_id,
            identifierref=sco.resource_id,
            **attributes,
        )

    def _resources(self, plan: PackagePlan) -> list[etree._Element]:
        """Give one resource per SCO; what several of them need is listed once, as an asset."""
        launches = {sco.launch for sco in plan.scos}
        shared = [file.path for file in plan.files if file.path not in launches]
        if len(plan.scos) == 1:
            return [self._sco(sco, [file.path for file in plan.files]) for sco in plan.scos]
        asset = self.imscp(
            "resource", self._files(shared), identifier=plan.shared_id, type="webcontent"
        )
        asset.set(self.scorm_type, "asset")
        parts = [self._sco(sco, [sco.launch]) for sco in plan.scos]
        for part in parts:
            part.append(self.imscp("dependency", identifierref=plan.shared_id))
        return [*parts, asset]

    def _sco(self, sco: Sco, paths: Sequence[str]) -> etree._Element:
        resource = self.imscp(
            "resource",
            self._files(paths),
            identifier=sco.resource_id,
            type="webcontent",
            href=sco.launch,
        )
        resource.set(self.scorm_type, "sco")
        return resource

    def _files(self, paths: Sequence[str]) -> list[etree._Element]:
        return [self.imscp("file", href=path) for path in paths]
