"""Whom a campaign is for, as data: a tree of all / any / not over what people consented to be used.

    {"all": [{"attribute": "district", "in": ["990102"]}, {"not": {"attribute": "age_band", "in": ["0-17"]}}]}

An empty tree is everybody who wants messages of the campaign's purpose.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

from zhijian.core.errors import FieldError

Tree: TypeAlias = Mapping[str, Any]
Vocabulary: TypeAlias = Mapping[str, Mapping[str, str]]
"""By attribute: the values that exist, with their Chinese words."""

ATTRIBUTES: Final = {
    "district": "所在区",
    "age_band": "年龄段",
    "topic": "订阅主题",
    "tag": "兴趣标签",
    "licence": "持有证照",
    "case_item": "办过事项",
}
#: Chosen by the person for the very purpose of being written to; the others need their own consent.
_ASKED_FOR = frozenset({"topic"})
MAX_DEPTH, MAX_LEAVES, MAX_VALUES = 5, 30, 60
SMALLEST_SHOWN = 20
_GROUPS = ("all", "any")


def faults(tree: Any, vocabulary: Vocabulary) -> list[FieldError]:
    """Everything that is wrong with a tree as JSON pointers below /audience; empty if it can be used."""
    if tree == {}:
        return []
    found = list(_faults(tree, "/audience", 1, vocabulary))
    if not found and sum(1 for _ in leaves(tree)) > MAX_LEAVES:
        found.append(FieldError("/audience", "too_many", f"最多{MAX_LEAVES}个条件，请合并"))
    return found


def _faults(tree: Any, path: str, depth: int, vocabulary: Vocabulary) -> Iterator[FieldError]:
    if depth > MAX_DEPTH:
        yield FieldError(path, "too_deep", f"条件最多嵌套{MAX_DEPTH}层")
    elif not isinstance(tree, Mapping):
        yield FieldError(path, "shape", "条件的格式不对")
    elif "attribute" in tree:
        yield from _leaf_faults(tree, path, vocabulary)
    elif set(tree) == {"not"}:
        yield from _faults(tree["not"], f"{path}/not", depth + 1, vocabulary)
    elif len(tree) == 1 and (group := next(iter(tree))) in _GROUPS and _is_list(tree[group]):
        for place, part in enumerate(tree[group]):
            yield from _faults(part, f"{path}/{group}/{place}", depth + 1, vocabulary)
    else:
        yield FieldError(path, "shape", "条件只能是 all、any、not 或一个属性")


def _leaf_faults(leaf: Mapping[str, Any], path: str, vocabulary: Vocabulary) -> Iterator[FieldError]:
    attribute, values = leaf["attribute"], leaf.get("in")
    if not isinstance(attribute, str) or attribute not in ATTRIBUTES:
        yield FieldError(f"{path}/attribute", "unknown", "没有这个属性，或者不允许用它选人")
    elif set(leaf) != {"attribute", "in"} or not _is_list(values) or len(leaf["in"]) > MAX_VALUES:
        yield FieldError(f"{path}/in", "shape", f"请选择1到{MAX_VALUES}个值")
    else:
        known = vocabulary.get(attribute, {})
        for place, value in enumerate(leaf["in"]):
            if not isinstance(value, str) or value not in known:
                yield FieldError(f"{path}/in/{place}", "unknown", f"{ATTRIBUTES[attribute]}没有这个值")


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value)


def leaves(tree: Tree) -> Iterator[Mapping[str, Any]]:
    """The conditions of a sound tree."""
    if "attribute" in tree:
        yield tree
    for group in _GROUPS:
        for part in tree.get(group, ()):
            yield from leaves(part)
    if "not" in tree:
        yield from leaves(tree["not"])


def needs_consent(tree: Tree) -> bool:
    """Whether it asks about anything that only people who agreed to its use may be asked about."""
    return any(leaf["attribute"] not in _ASKED_FOR for leaf in leaves(tree))


def words(tree: Tree, vocabulary: Vocabulary) -> str:
    """The tree as a person reads it; codes that are no longer known stay codes."""
    if not tree:
        return "所有同意接收这类消息的人"
    if "attribute" in tree:
        known = vocabulary.get(tree["attribute"], {})
        return f"{ATTRIBUTES[tree['attribute']]}：" + "、".join(
            known.get(value, value) for value in tree["in"]
        )
    if "not" in tree:
        return f"不属于（{words(tree['not'], vocabulary)}）"
    group, joint = ("all", "，并且") if "all" in tree else ("any", "，或者")
    parts = [_bracketed(part, vocabulary) for part in tree[group]]
    return joint.join(parts)


def _bracketed(tree: Tree, vocabulary: Vocabulary) -> str:
    text = words(tree, vocabulary)
    return f"（{text}）" if "all" in tree or "any" in tree else text


def rounded(count: int) -> str:
    """A size that tells nobody about one person: nothing below 20, then two leading digits."""
    if count < SMALLEST_SHOWN:
        return f"少于{SMALLEST_SHOWN}人"
    step = 10 ** max(len(str(count)) - 2, 1)
    return f"约{round(count / step) * step}人"
