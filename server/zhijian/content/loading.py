"""Loads a city's articles with their topics, files and forbidden words. Loading again changes nothing.

Numbers in date fields count days from today; ``{year}`` and ``{effective}`` in texts stand for the year of publication
and the day on which the article takes effect: so a demo city never grows old.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from zhijian.audit.actions import record
from zhijian.content import actions, authoring
from zhijian.content.actions import Plan
from zhijian.content.actions.compilation import compile_all
from zhijian.content.actions.release import faults_of
from zhijian.content.codes import Channel, MediaKind
from zhijian.content.errors import ContentInvalid
from zhijian.content.models import Article, ChannelDay, Media, Topic, Wording
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.dates import long_date
from zhijian.organizations.models import Department

At = Callable[[datetime], AbstractContextManager[None]]
_DATES = ("issued_on", "effective_from", "effective_to", "review_by")
_SPREAD = 28  # days over which loaded views are spread


def load_words() -> int:
    """The words that every installation begins with; what a city has changed stays. Returns how many are new."""
    rows = json.loads((Path(__file__).parent / "wordings.json").read_text(encoding="utf-8"))
    if Wording.objects.exists():
        return 0
    return len(Wording.objects.bulk_create([Wording(**row) for row in rows]))


@transaction.atomic
def load_content(
    actor: Actor, data: Mapping[str, Any], *, files: Callable[[Mapping[str, Any]], Any], at: At
) -> int:
    """Publish the articles of ``data`` at their past moments, unless there are articles; returns how many.

    ``files`` gives the upload for an entry of ``media``, ``at`` replays a moment. Raises :class:`ContentInvalid`.
    """
    if Article.objects.exists():
        return 0
    present = now()
    actions.ARTICLES.workflow()
    for position, row in enumerate(data["topics"]):
        Topic.objects.update_or_create(slug=row["slug"], defaults={**row, "position": position})
    media = {row["key"]: _give(actor, row, files(row)) for row in data["media"]}
    made: dict[str, Article] = {}
    for row in sorted(data["articles"], key=lambda row: -row["days_ago"]):
        moment = _moment(present, row["days_ago"])
        with at(moment):
            draft = _draft(actor, row, made, media, present.date())
        _check(row["key"], draft)  # now: what it names may be younger than the article
        with at(moment):
            actions.publish(actor, article=draft, checked=True, compiled=False)
        made[row["key"]] = Article.objects.get(pk=draft.pk)
        if row.get("revoked"):
            with at(_moment(present, row["revoked"]["days_ago"])):
                actions.ARTICLES.end(actor, made[row["key"]], reason=row["revoked"]["reason"])
        _count(made[row["key"]], row["views"], present.date())
    compile_all()
    record(actor, "content.loaded", subject="content", facts={"articles": len(made)})
    return len(made)


def _moment(present: datetime, days_ago: int) -> datetime:
    return present - timedelta(days=days_ago, minutes=(days_ago * 37) % 400)


def _give(actor: Actor, row: Mapping[str, Any], upload: Any) -> Media:
    return actions.give_media(
        actor,
        department=_department(row["department"]),
        kind=MediaKind(row["kind"]),
        upload=upload,
        name=row["name"],
        alt=row.get("alt", ""),
        captions=row.get("captions", ""),
    )


@cache
def _department(code: str) -> Department:
    return Department.objects.get(code=code)


def _check(key: str, draft: Article) -> None:
    if faults := faults_of(draft, submitting=False):
        raise ContentInvalid(fields=[replace(fault, path=f"{key}{fault.path}") for fault in faults])


def _draft(
    actor: Actor, row: Mapping[str, Any], made: Mapping[str, Article], media: Mapping[str, Media], today: date
) -> Article:
    data = _dated(row["article"], today)
    for name in ("policy", "supersedes"):
        if name in data:
            data[name] = made[data[name]].public_id
    data["media"] = [{**use, "media": media[use["media"]].public_id} for use in data.get("media", [])]
    return actions.save_draft(actor, spec=authoring.parse(data), plan=_plan(row["plan"]))


def _dated(article: Mapping[str, Any], today: date) -> dict[str, Any]:
    data = dict(article)
    for name in _DATES:
        if isinstance(data.get(name), int):
            data[name] = today + timedelta(days=data[name])
    data["corrections"] = [
        {**one, "on": today + timedelta(days=one["on"])} for one in data.get("corrections", [])
    ]
    effective = data.get("effective_from") or today
    words = {"year": str(now().year), "effective": long_date(effective)}
    data["document_number"] = data.get("document_number", "").format(**words)
    data["body"] = _html(data["body"]).format(**words)
    return data


def _html(lines: list[str]) -> str:
    """Paragraphs; a line that begins with ## is a heading, with - an entry of a list."""
    html = "".join(
        f"<h2>{line[3:]}</h2>"
        if line.startswith("## ")
        else f"<li>{line[2:]}</li>"
        if line.startswith("- ")
        else f"<p>{line}</p>"
        for line in lines
    )
    return html.replace("<li>", "<ul><li>").replace("</li>", "</li></ul>").replace("</ul><ul>", "")


def _plan(plan: Mapping[str, Any]) -> Plan:
    moment = now()
    days = {name: timedelta(days=plan[name]) for name in ("expires_days", "pinned_days") if name in plan}
    return Plan(
        expires_at=moment + days["expires_days"] if "expires_days" in days else None,
        pinned=plan.get("pinned", False),
        pinned_order=plan.get("pinned_order", 0),
        pinned_until=moment + days["pinned_days"] if "pinned_days" in days else None,
    )


def _count(article: Article, views: Mapping[str, int], today: date) -> None:
    """Views of the past weeks, more of them lately."""
    rows = []
    for channel, total in views.items():
        for back in range(_SPREAD):
            share = 2 * total * (_SPREAD - back) // (_SPREAD * (_SPREAD + 1))
            if share:
                rows.append(
                    ChannelDay(
                        article=article,
                        channel=Channel(channel),
                        day=today - timedelta(days=back),
                        views=share,
                    )
                )
    ChannelDay.objects.bulk_create(rows)
