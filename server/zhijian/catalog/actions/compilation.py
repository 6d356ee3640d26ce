"""The documents that describe more than one item."""

from django.db import transaction

from zhijian.audit.actions import record
from zhijian.catalog import documents
from zhijian.catalog.queries.items import current_versions
from zhijian.core.actor import Actor
from zhijian.publishing.actions import publish_document
from zhijian.publishing.queries import current_hash


@transaction.atomic
def compile_catalogue() -> None:
    """Publish the catalogue from the versions in force."""
    publish_document("catalog", documents.catalogue_document())


@transaction.atomic
def compile_halls() -> None:
    publish_document("halls", documents.halls_document())


@transaction.atomic
def compile_items() -> None:
    """Publish every item's document anew, after departments or halls have changed."""
    for version in current_versions():
        publish_document(f"items/{version.code}", documents.item_document(version))
    compile_catalogue()


@transaction.atomic
def publish_city(actor: Actor) -> bool:
    """Publish whom this installation serves, as it is configured; whether that is news."""
    document, before = documents.city_document(), current_hash("city")
    if publish_document("city", document).hash == before:
        return False
    record(actor, "city.published", subject="city", facts={"name": document["name"]})
    return True
