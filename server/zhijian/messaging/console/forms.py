"""From what was typed to a draft and back. The actions check; here nothing is decided."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from zhijian.messaging.actions.campaigns import Draft
from zhijian.messaging.models import Campaign
from zhijian.messaging.rules.audience import ATTRIBUTES, Vocabulary
from zhijian.messaging.rules.campaigns import Text
from zhijian.messaging.rules.channels import Channel
from zhijian.messaging.rules.purposes import FOR_CAMPAIGNS


def draft(data: QueryDict, *, purpose: str = "") -> Draft:
    return Draft(
        name=data.get("name", ""),
        purpose=purpose or data.get("purpose", ""),
        zh=_text(data, "zh"),
        en=_text(data, "en"),
        link=data.get("link", "").strip(),
        channels=[Channel.INBOX, *data.getlist("channel")],
        audience=_tree(data),
    )


def draft_of(campaign: Campaign) -> Draft:
    return Draft(
        name=campaign.name,
        purpose=campaign.purpose,
        zh=Text(**campaign.texts["zh"]),
        en=Text(**campaign.texts["en"]),
        link=campaign.link,
        channels=campaign.channels,
        audience=campaign.audience,
    )


EMPTY = Draft(name="", purpose=FOR_CAMPAIGNS[0].code, zh=Text())


@dataclass(frozen=True, slots=True)
class Condition:
    """One attribute's values to tick: code, words, ticked."""

    attribute: str
    label: str
    values: list[tuple[str, str, bool]]


def conditions(draft: Draft, vocabulary: Vocabulary) -> list[Condition]:
    """What can be ticked; nothing is ticked when the tree is too deep for ticks (then it is shown as JSON)."""
    ticked = _ticks(draft.audience) or {}
    return [
        Condition(
            attribute,
            label,
            [
                (code, words, code in ticked.get(attribute, ()))
                for code, words in vocabulary.get(attribute, {}).items()
            ],
        )
        for attribute, label in ATTRIBUTES.items()
        if vocabulary.get(attribute)
    ]


def advanced(draft: Draft) -> str:
    """The tree as JSON, when ticks cannot show it."""
    tree = draft.audience
    if _ticks(tree) is not None:
        return ""
    return tree if isinstance(tree, str) else json.dumps(tree, ensure_ascii=False, indent=1)


def _text(data: QueryDict, language: str) -> Text:
    return Text(
        title=data.get(f"{language}.title", "").strip(),
        body=data.get(f"{language}.body", "").strip(),
        sms=data.get(f"{language}.sms", "").strip(),
    )


def _tree(data: QueryDict) -> Any:
    """Ticks of one attribute are alternatives, attributes narrow each other; JSON, if typed, counts alone.

    What isn't JSON stays the text that it is: the action refuses it with its own words.
    """
    typed = data.get("advanced", "").strip()
    if typed:
        try:
            return json.loads(typed)
        except ValueError:
            return typed
    leaves = [
        {"attribute": attribute, "in": values}
        for attribute in ATTRIBUTES
        if (values := data.getlist(f"where.{attribute}"))
    ]
    return {"all": leaves} if leaves else {}


def _ticks(tree: Any) -> dict[str, list[str]] | None:
    """The values ticked for each attribute; None for a tree that ticks cannot show."""
    if tree == {}:
        return {}
    leaves = tree.get("all") if isinstance(tree, Mapping) and set(tree) == {"all"} else None
    if not isinstance(leaves, list):
        return None
    ticked: dict[str, list[str]] = {}
    for leaf in leaves:
        attribute = leaf.get("attribute") if isinstance(leaf, Mapping) else None
        if not isinstance(attribute, str) or attribute in ticked or not isinstance(leaf.get("in"), list):
            return None
        ticked[attribute] = leaf["in"]
    return ticked
