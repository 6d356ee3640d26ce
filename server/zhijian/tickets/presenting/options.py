"""What the app needs before anything is written: kinds, categories with their questions, bounds, limits."""

from zhijian.core.geo import Bounds
from zhijian.tickets.models import Category
from zhijian.tickets.presenting import shapes
from zhijian.tickets.queries.tables import Node
from zhijian.tickets.rules import kinds, wording
from zhijian.tickets.rules.kinds import Kind
from zhijian.tickets.rules.limits import PHOTO_MAX_BYTES


def options(tree: list[Node], bounds: Bounds | None) -> shapes.TicketOptionsOut:
    return shapes.TicketOptionsOut(
        kinds=[
            shapes.KindOut(code=kind, label=str(kind.label), label_en=kinds.LABELS_EN[kind]) for kind in Kind
        ],
        categories=[_category(node) for node in tree],
        bounds=shapes.BoundsOut(south=bounds.south, west=bounds.west, north=bounds.north, east=bounds.east)
        if bounds
        else None,
        max_photos=wording.MAX_PHOTOS,
        photo_max_bytes=PHOTO_MAX_BYTES,
        title_max=wording.TITLE_MAX,
        body_max=wording.BODY_MAX,
    )


def _category(node: Node) -> shapes.CategoryOut:
    row = node.category
    return shapes.CategoryOut(
        code=row.code,
        kind=kinds.Kind(row.kind),
        name=row.name,
        name_en=row.name_en or row.name,
        hint=row.hint,
        place=kinds.PlaceNeed(row.place),
        public_default=row.public_default,
        limit=_limit(row),
        form=row.form or None,
        children=[_category(child) for child in node.children],
    )


def _limit(row: Category) -> str:
    terms = row.sla.terms
    return f"{terms.contact.words}内联系您，{terms.answer.words}内答复"
