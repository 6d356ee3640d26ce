"""One draft on two phones: what is newer is never overwritten unasked, and nobody is asked without need."""

from typing import Any

import pytest
from cases.factories import FORM, World, corrected_case, draft_case, make_world
from hypothesis import given
from hypothesis import strategies as st

from zhijian.cases import actions, errors
from zhijian.cases.models import Case
from zhijian.cases.rules import revisions

pytestmark = pytest.mark.django_db
OLD, NEW = "云州市试验路1号2单元301室", "云州市试验路9号"


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def draft(world: World) -> Case:
    return draft_case(world)


def save(world: World, case: Case, values: dict[str, Any], on: int) -> Case:
    return actions.save_form(world.citizen.actor, case=case, values=values, revision=on)


def stored(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_an_old_phone_does_not_overwrite_what_is_newer(world: World, draft: Case) -> None:
    read = draft.revision
    save(world, draft, {"address": NEW}, read)
    with pytest.raises(errors.NewerSaved) as refused:
        save(world, draft, {"address": "旧手机上的地址", "name": "林试验"}, read)
    assert [field.path for field in refused.value.fields] == ["/form/address"]
    assert refused.value.extra == {"revision": stored(draft).revision}
    assert stored(draft).form["address"] == NEW


def test_nothing_of_a_refused_save_is_kept(world: World, draft: Case) -> None:
    """Half a save would leave the phone not knowing which half."""
    read = draft.revision
    save(world, draft, {"address": NEW}, read)
    with pytest.raises(errors.NewerSaved):
        save(world, draft, {"address": "旧", "people": 3}, read)
    assert stored(draft).form == FORM | {"address": NEW}


def test_other_fields_are_merged_without_a_question(world: World, draft: Case) -> None:
    read = draft.revision
    save(world, draft, {"address": NEW}, read)
    assert save(world, draft, {"people": 3}, read).form == FORM | {"people": 3, "address": NEW}


def test_the_same_words_on_both_phones_are_no_conflict(world: World, draft: Case) -> None:
    read = draft.revision
    save(world, draft, {"address": NEW}, read)
    assert save(world, draft, {"address": NEW}, read).form["address"] == NEW


def test_a_cleared_answer_is_a_change(world: World, draft: Case) -> None:
    read = draft.revision
    save(world, draft, {"address": None}, read)
    with pytest.raises(errors.NewerSaved):
        save(world, draft, {"address": OLD + "A"}, read)


def test_there_and_back_again_is_newer_all_the_same(world: World, draft: Case) -> None:
    read = draft.revision
    again = save(world, draft, {"address": NEW}, read)
    save(world, draft, {"address": FORM["address"]}, again.revision)
    with pytest.raises(errors.NewerSaved):
        save(world, draft, {"address": "旧"}, read)


def test_after_seeing_the_newer_answer_the_person_decides(world: World, draft: Case) -> None:
    read = draft.revision
    newer = save(world, draft, {"address": NEW}, read)
    assert save(world, draft, {"address": "就用这个"}, newer.revision).form["address"] == "就用这个"


def test_situation_and_delivery_have_their_own_revisions(world: World, draft: Case) -> None:
    actor, read = world.citizen.actor, draft.revision
    pickup = {"method": "pickup", "hall": "city"}
    actions.set_delivery(actor, case=draft, delivery=pickup, revision=read)
    actions.set_answers(actor, case=draft, answers={"home": "own"}, revision=read)
    with pytest.raises(errors.NewerSaved) as answers:
        actions.set_answers(actor, case=draft, answers={"home": "rent"}, revision=read)
    with pytest.raises(errors.NewerSaved) as delivery:
        actions.set_delivery(actor, case=draft, delivery={"method": "electronic"}, revision=read)
    paths = [refused.value.fields[0].path for refused in (answers, delivery)]
    assert paths == ["/answers", "/delivery"]
    assert (stored(draft).answers, stored(draft).delivery) == ({"home": "own"}, pickup)
    again = actions.set_answers(actor, case=draft, answers={"home": "own"}, revision=read)
    assert again.answers == {"home": "own"}


def test_a_correction_is_guarded_alike(world: World) -> None:
    case = corrected_case(world)
    read = case.revision
    save(world, case, {"address": NEW}, read)
    with pytest.raises(errors.NewerSaved):
        save(world, case, {"address": OLD}, read)


def test_what_was_not_seen_is_not_handed_in(world: World, draft: Case) -> None:
    """The page to check shows one phone's answers; another has changed them since."""
    read = draft.revision
    save(world, draft, {"address": NEW}, read)
    with pytest.raises(errors.NewerSaved):
        actions.submit(world.citizen.actor, case=draft, consent=True, revision=read)
    sent = actions.submit(world.citizen.actor, case=draft, consent=True, revision=stored(draft).revision)
    assert sent.form["address"] == NEW


names = st.sampled_from(["a", "b", "c"])
texts = st.sampled_from(["x", "y", None])
saves = st.lists(st.dictionaries(names, texts, min_size=1), max_size=5)


@given(before=saves, after=saves, mine=st.dictionaries(names, texts, min_size=1))
def test_exactly_the_fields_changed_since_and_different_are_in_conflict(
    before: list[dict[str, Any]], after: list[dict[str, Any]], mine: dict[str, Any]
) -> None:
    known: dict[str, int] = {}
    form: dict[str, Any] = {}
    revision = 0

    def keep(values: dict[str, Any]) -> set[str]:
        nonlocal known, form, revision
        revision += 1
        changed = {name for name, value in values.items() if form.get(name) != value}
        known = revisions.marked(known, form, values, revision)
        form = {**form, **values}
        return changed

    for values in before:
        keep(values)
    read = revision
    touched: set[str] = set()
    for values in after:
        touched |= keep(values)
    found = revisions.newer(known, form, mine, read)
    assert set(found) == {name for name, value in mine.items() if name in touched and form.get(name) != value}
