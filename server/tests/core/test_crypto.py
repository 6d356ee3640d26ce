import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijian.core.crypto import Keyring, Undecryptable, blind_index, decrypt, encrypt
from zhijian.core.key_errors import KeyringDamaged, KeyringMissing, MasterKeyWrong
from zhijian.core.sm4 import Sm4Gcm


@given(st.binary(max_size=500), st.text(max_size=40))
def test_what_is_sealed_opens_again(plain: bytes, context: str) -> None:
    assert decrypt(encrypt(plain, context), context) == plain


def test_equal_values_have_different_ciphertexts() -> None:
    assert encrypt(b"same", "a.b") != encrypt(b"same", "a.b")


def test_a_value_moved_to_another_column_does_not_open() -> None:
    with pytest.raises(Undecryptable):
        decrypt(encrypt(b"secret", "citizen.name"), "citizen.phone")


@pytest.mark.parametrize("position", [0, 1, 5, 16, -1])
def test_a_changed_byte_is_noticed(position: int) -> None:
    sealed = bytearray(encrypt(b"secret", "x"))
    sealed[position] ^= 1
    with pytest.raises(Undecryptable):
        decrypt(bytes(sealed), "x")


def test_rotation_keeps_older_values_readable(tmp_path: Path) -> None:
    ring = Keyring.create(tmp_path / "keyring.json", b"master")
    old = ring.encrypt(b"before", "x")
    assert ring.rotate("SM4-GCM") == 2
    new = ring.encrypt(b"after", "x")
    assert (old[1:3], new[1:3]) == (b"\0\1", b"\0\2")
    reopened = Keyring(tmp_path / "keyring.json", b"master")
    assert (reopened.decrypt(old, "x"), reopened.decrypt(new, "x")) == (b"before", b"after")


def test_the_keyring_holds_no_key_in_clear(tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    ring = Keyring.create(path, b"master")
    assert ring.index_key.hex() not in path.read_text()
    assert oct(path.stat().st_mode)[-3:] == "600"


def test_another_master_key_opens_nothing(tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    Keyring.create(path, b"master")
    with pytest.raises(MasterKeyWrong):
        Keyring(path, b"other")


def test_of_two_processes_creating_the_keyring_one_wins(tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    first, second = (Keyring.create(path, b"master") for _ in range(2))
    assert json.loads(path.read_text())["active"] == 1
    assert second.fingerprints == first.fingerprints


def test_opening_never_makes_a_keyring(tmp_path: Path) -> None:
    with pytest.raises(KeyringMissing):
        Keyring(tmp_path / "keyring.json", b"master")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", ["", "{}", "[1]", '{"active": 1, "keys": {"1": {"wrapped": "zz"}}}', "\0"]
)
def test_a_damaged_keyring_is_told_apart_from_a_wrong_master_key(tmp_path: Path, content: str) -> None:
    (tmp_path / "keyring.json").write_text(content)
    with pytest.raises(KeyringDamaged):
        Keyring(tmp_path / "keyring.json", b"master")


def test_a_process_that_runs_reads_what_another_one_wrote_after_a_rotation(tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    running = Keyring.create(path, b"master")
    other = Keyring(path, b"master")
    other.rotate("AES-256-GCM")
    assert running.decrypt(other.encrypt(b"after", "x"), "x") == b"after"


def test_fingerprints_are_of_each_key_and_tell_none(tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    ring = Keyring.create(path, b"master")
    before = ring.fingerprints
    ring.rotate("SM4-GCM")
    assert ring.fingerprints.index == before.index
    assert ring.fingerprints.data["1"] == before.data["1"] != ring.fingerprints.data["2"]
    assert ring.index_key.hex()[:32] != before.index


def test_blind_index_is_stable_and_separated_by_purpose() -> None:
    assert blind_index("phone", "1") == blind_index("phone", "1")
    assert blind_index("phone", "1") != blind_index("id", "1")


def test_sm4_gcm_matches_rfc_8998() -> None:
    """The example of RFC 8998, appendix A.1."""
    key = bytes.fromhex("0123456789abcdeffedcba9876543210")
    nonce = bytes.fromhex("00001234567800000000abcd")
    plain = bytes.fromhex(
        "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccddddddddddddddddeeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa"
    )
    extra = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    sealed = Sm4Gcm(key).encrypt(nonce, plain, extra)
    assert sealed.hex() == (
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec"
    )
    assert Sm4Gcm(key).decrypt(nonce, sealed, extra) == plain
