"""The result reaches the citizen on paper: by courier, or at the counter; its file and the receipt are sound."""

from pathlib import Path

from support.applicant import ITEM, Applicant
from support.citizen import Citizen
from support.city import City
from support.desk import WAY, bring
from support.officer import Officer
from support.signed import is_whole, words

ADDRESS = "云州市澄湖区望湖路88号3幢502室"


def test_by_courier(
    officer: Officer, citizen: Citizen, applicant: Applicant, city: City, tmp_path: Path
) -> None:
    person = applicant.person
    case = applicant.submitted(method="courier", receiver=person.name, phone=person.phone, address=ADDRESS)
    bring(city, case["number"], *WAY)
    officer.log_in("ga_window1")
    officer.open_case(case["number"])
    officer.sees(ADDRESS)
    officer.act("送达", tracking_number="YZ202600017")
    officer.sees("请填写快递公司")
    officer.act("送达", courier="云州速递", note="请本人签收")
    citizen.look(case["id"])
    citizen.sees("结果已寄出，收到后请确认")
    citizen.sees("YZ202600017")
    citizen.sees("请本人签收")
    citizen.tap("确认已收到")
    citizen.sees("已办结")
    has_its_files(citizen, case["number"], tmp_path)


def test_at_the_counter(
    officer: Officer, citizen: Citizen, applicant: Applicant, city: City, tmp_path: Path
) -> None:
    case = applicant.submitted(method="pickup", hall=first_hall(city))
    bring(city, case["number"], *WAY)
    officer.log_in("ga_window1")
    officer.open_case(case["number"])
    officer.act("送达")
    citizen.look(case["id"])
    citizen.sees("结果已做好，请到窗口领取")
    officer.act("登记已领取", receiver="本人")
    assert "已办结" in officer.state()
    citizen.look(case["id"])
    citizen.sees("已办结")
    has_its_files(citizen, case["number"], tmp_path)


def first_hall(city: City) -> str:
    return str(city.get(f"/public/items/{ITEM}.json")["places"][0]["hall"]["code"])


def has_its_files(citizen: Citizen, number: str, folder: Path) -> None:
    """The certificate is signed and nothing in it was changed; the receipt names the case."""
    result = citizen.download("打开证照", folder)
    assert "居住证" in words(result)
    assert is_whole(result)
    assert number in words(citizen.download("收件凭证", folder, role="link"))
