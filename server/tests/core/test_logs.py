import pytest

from zhijian.core.logs import blot_personal


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("id 990101199001011234 done", "id ▮▮▮ done"),
        ("id 99010119900101123X", "id ▮▮▮"),
        ("call 19900000001", "call ▮▮▮"),
        ("Authorization: Bearer abc.def", "Authorization: ▮▮▮"),
        ("case YZ2026112200001", "case YZ2026112200001"),
    ],
)
def test_known_shapes_of_personal_data_are_blotted_out(said: str, kept: str) -> None:
    assert blot_personal(None, "info", {"event": said, "n": 3}) == {"event": kept, "n": 3}
