"""Published versions as typed values. They never change, so each process reads and parses one once."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from zhijian.catalog.codes import ResultKind
from zhijian.catalog.form_spec import FormField
from zhijian.catalog.models import ItemVersion
from zhijian.catalog.spec import ItemSpec, Material, Result

_MADE = {ResultKind.LICENCE, ResultKind.CERTIFICATE, ResultKind.APPROVAL}


@dataclass(frozen=True)
class Version:
    """What a case needs of the item version it was made under."""

    id: int
    spec: ItemSpec
    form: dict[str, Any]
    label: dict[str, Any]

    @property
    def materials(self) -> dict[str, Material]:
        return {material.code: material for material in self.spec.materials}

    @property
    def fields(self) -> dict[str, FormField]:
        """Top-level fields of the form by name."""
        return {field.name: field for page in self.spec.form.pages for field in page.fields}

    @property
    def result(self) -> Result | None:
        """The certificate that approval ends in; None for money and other results without a document."""
        return next((result for result in self.spec.results if result.kind in _MADE), None)


@lru_cache(maxsize=512)
def version(version_id: int) -> Version:
    row = ItemVersion.objects.get(pk=version_id)
    return Version(id=row.pk, spec=row.typed(), form=row.form, label=row.label)
