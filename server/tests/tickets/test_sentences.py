"""Where a ticket stands, in one sentence: to its person, and to those who read along."""

import re
from datetime import date

import pytest

from zhijian.tickets.presenting.sentences import Scene, for_others, sentence
from zhijian.tickets.rules import states
from zhijian.tickets.rules.states import State

TODAY = date(2026, 11, 27)


def scene(state: State, **given: object) -> Scene:
    return Scene(state=state, office="城管局", office_en="the Urban Management Bureau", today=TODAY, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize(
    "given", [{}, {"due": date(2026, 12, 4)}, {"due": date(2026, 11, 20), "overdue": True}]
)
def test_every_state_has_its_words_in_both_languages(state: State, given: dict[str, object]) -> None:
    words, words_en = sentence(scene(state, **given))
    assert re.search(r"[一-鿿]", words)
    assert words_en
    assert not re.search(r"[一-鿿]", words_en)


@pytest.mark.parametrize("state", State)
def test_who_reads_along_is_not_spoken_to_as_the_reporter(state: State) -> None:
    both = sentence(scene(state, due=date(2026, 12, 4), reopen_until=date(2026, 12, 1)))
    for words in (*both, states.label(state), states.label_en(state)):
        assert not re.search(r"您|\byou(r|rs)?\b", for_others(words), re.IGNORECASE), words


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("You withdrew this", "The reporter withdrew this"),
        ("Waiting for your details", "Waiting for the reporter's details"),
        ("您已撤回这件诉求", "反映人已撤回这件诉求"),
        ("Closed", "Closed"),
    ],
)
def test_for_others(words: str, said: str) -> None:
    assert for_others(words) == said
