"""An instant item, applied for step by step in normal and elder mode: each step is accessible and large enough."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.citizen import Citizen
from support.faults import faults
from support.papers import drawn

ITEM = "990100YB0026000"  # 跨省异地就医备案


@pytest.mark.parametrize("mode", ["normal", "elder"])
def test_applying(citizen: Citizen, mode: str, tmp_path: Path) -> None:
    if mode == "elder":
        citizen.tap(re.compile("长辈版"))
    found = {step: faults(citizen.page, mode) for step in walk(citizen, tmp_path)}
    assert {step: wrong for step, wrong in found.items() if wrong} == {}


def walk(citizen: Citizen, folder: Path) -> Iterator[str]:
    """From the guide to the sent application; yields at each page, and once with its errors in sight."""
    citizen.open(f"pages/guide/index?code={ITEM}")
    citizen.tap(re.compile("自己想去外地看病"), role="radio")
    yield "guide"
    citizen.tap("在线办理")
    citizen.step("就医的人")
    yield "person"
    citizen.tap("下一步")
    citizen.sees("请选择参加的医保")
    yield "person with an error"
    citizen.tap("职工医保", role="radio")
    citizen.next("就医地和日期")
    citizen.fill("去哪个省", "远山省")
    citizen.fill("去哪个市", "望城市")
    citizen.page.get_by_label("开始日期", exact=True).fill("2026-12-01")
    yield "place and date"
    citizen.next("提交材料")
    citizen.upload("医保电子凭证", drawn(folder, "凭证", "card"))
    citizen.sees(re.compile("已交 1 份"))
    yield "materials"
    citizen.next("核对并提交")
    yield "review"
    citizen.tap(re.compile("以上内容真实准确"), role="checkbox")
    citizen.tap("提交申请")
    assert citizen.number()
    yield "sent"
