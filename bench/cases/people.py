"""Invented citizens, made in bulk with the real encryption, and log-ins for them without an SMS."""

from support.applicant import Person

from bench.database import connect

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
_GIVEN = "晓雯立群思远清和若谷明哲子涵雨桐嘉怡文博"


def person(number: int) -> Person:
    """The same person for the same ``number`` (0 to 99,999); never one of the demo's, whose districts are others."""
    from zhijian.identity.rules import check_character

    first_17 = f"990188{1950 + number % 50}{number // 50 % 12 + 1:02d}{number // 600 % 28 + 1:02d}{number % 1000:03d}"
    name = _SURNAMES[number % 20] + _GIVEN[number // 20 % 20] + _GIVEN[number // 400 % 20]
    return Person(f"199001{number:05d}", name, first_17 + check_character(first_17))


def make_citizens(count: int) -> list[int]:
    """Primary keys of the first ``count`` persons; those missing are made, verified by name."""
    from zhijian.core.clock import now
    from zhijian.core.crypto import blind_index
    from zhijian.identity.models import Citizen

    people = [person(number) for number in range(count)]
    moment = now()
    Citizen.objects.bulk_create(
        (
            Citizen(
                phone=one.phone,
                phone_index=blind_index("phone", one.phone),
                name=one.name,
                id_number=one.id_number,
                id_index=blind_index("id_number", one.id_number),
                real_name_level=1,
                real_name_at=moment,
            )
            for one in people
        ),
        batch_size=2000,
        ignore_conflicts=True,
    )
    found = dict(Citizen.objects.values_list("phone_index", "pk"))
    return [found[blind_index("phone", one.phone)] for one in people]


def token_of(number: int) -> str:
    """A bearer token of person ``number``: what logging in would have given."""
    connect()
    from zhijian.core.crypto import blind_index
    from zhijian.identity.actions.sessions import open_session
    from zhijian.identity.models import Citizen

    citizen = Citizen.objects.get(phone_index=blind_index("phone", person(number).phone))
    return open_session(citizen, device="bench")[0]
