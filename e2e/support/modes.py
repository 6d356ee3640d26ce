"""One page for everybody."""

from collections.abc import Callable

from support.citizen import Citizen
from support.faults import faults

_SWITCHES = {"normal": [], "elder": ["长辈版"], "english": ["标准版", "English"]}


def in_each_mode(citizen: Citizen, address: str, look: Callable[[], object]) -> None:
    """The page as it is, for the old, and in English, in which it stays: ``look`` finds its words, nothing is wrong."""
    for mode, switches in _SWITCHES.items():
        if switches:
            citizen.load()
        for switch in switches:
            citizen.tap(switch)
        citizen.load(address.partition("#/")[2])
        look()
        assert faults(citizen.page, mode) == [], mode


def back_to_chinese(citizen: Citizen) -> None:
    citizen.open()
    citizen.tap("中文")
