"""A place in the street from the vendor's own map, in each compiled package, over real HTTP."""

import pytest

from miniprogram.phone import TARGETS, Start


@pytest.mark.parametrize("target", TARGETS)
def test_a_request_is_placed_on_the_vendors_map(target: str, start: Start) -> None:
    """Closed without a choice nothing is lost; a place in another city is refused in words; its own words help."""
    app = start(target)
    app.sees("常用服务")
    app.visit("pages/ticket/new?kind=report")
    app.choose("红绿灯与交通标志")
    app.press("下一步")
    app.choose("不亮")
    app.fill("标题", "学校门口红绿灯不亮")
    app.fill("详细情况", f"湖滨小学门口的红绿灯今天不亮，过马路危险。（{target}）")
    app.press("下一步")
    app.choose("在地图上选")
    app.press("打开地图选地点")
    app.take_place("取消")
    app.sees("没有选地点")
    app.press("打开地图选地点")
    app.take_place("外市的公园")
    app.press("下一步")
    app.sees("这个位置不在本市")
    app.press("重新选地点")
    app.take_place("湖滨小学")
    app.sees("图钉所指：湖滨小学")
    assert app.written("补充说明，如门牌或路口") == "云州市澄湖区湖滨街道湖滨路 湖滨小学"
    app.press("下一步")
    app.turn_on("匿名提交")
    app.press("匿名提交")
    app.sees("已收到您的诉求")
