"""Changing the data key beside running traffic: nothing is lost, an interruption costs nothing, no key goes too soon."""

import io
import os
import shutil
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from cases.factories import accepted_case, make_world
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import override_settings
from files.samples import image
from identity.factories import CitizenFactory
from support.threads import at_once

from zhijian.audit.models import AuditEntry
from zhijian.cases.models import Case, CaseStep
from zhijian.core import crypto, rotation
from zhijian.core.clock import now
from zhijian.core.files import StoredFile, sealed
from zhijian.core.files.store import store
from zhijian.core.installation import confirmed_keyring, installation
from zhijian.core.key_errors import KeyringForeign, KeysUnusable
from zhijian.core.models import Installation
from zhijian.identity.models import Citizen

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("calendar_seeded", "own_keys")]


@pytest.fixture
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A keyring and a file store that this test may change; the run's own are put back."""
    before, record = crypto.keyring(), installation().data_keys
    shutil.copytree(crypto.keyring_path().parent, tmp_path / "secrets")
    monkeypatch.setenv("ZHIJIAN_HOME", str(tmp_path))
    crypto.use(crypto.open_keyring())
    with override_settings(FILES_URL=(tmp_path / "files").as_uri()):
        yield
    crypto.use(before)
    Installation.objects.update(data_keys=record)


def run(*options: str) -> str:
    out = io.StringIO()
    call_command("rotate_keys", *options, stdout=out)
    return out.getvalue()


def keys_in_use() -> set[int | None]:
    return {key for found in rotation.counts().values() for key in found}


def a_file(content: bytes = b"content") -> StoredFile:
    key = f"{StoredFile.objects.count():040d}"
    sealed.write(key, content)
    return StoredFile.objects.create(
        name="证明.pdf", kind="test", mime="application/pdf", size=len(content), digest="0" * 64, key=key
    )


def in_a_day() -> Any:
    return time_machine.travel(now() + timedelta(hours=25))


def test_everything_moves_and_the_old_key_goes() -> None:
    world = make_world()
    case = accepted_case(world)
    form, steps = case.form, list(CaseStep.objects.order_by("pk").values("pk", "opinion", "note", "at"))
    large = image("PNG", size=(1200, 1100)) + bytes(3_000_000)  # several chunks
    file = a_file(large)
    assert keys_in_use() == {1}
    assert "需要换的共" in run("--dry-run")
    assert keys_in_use() == {1}, "a dry run changes nothing"
    said = run("--new", "--cipher", "SM4-GCM")
    assert "启用新密钥 2" in said
    assert "cases_case：已换" in said
    assert keys_in_use() == {2}
    with pytest.raises(CommandError, match="不到 24 小时"):
        run("--retire")
    with in_a_day():
        assert "已删除旧密钥 1" in run("--retire")
        assert "没有旧密钥" in run("--retire")
    assert set(confirmed_keyring().keys.ciphers) == {2}
    crypto.use(crypto.open_keyring())
    assert Case.objects.get(pk=case.pk).form == form
    assert list(CaseStep.objects.order_by("pk").values("pk", "opinion", "note", "at")) == steps
    assert file.read() == large
    assert Citizen.objects.get(pk=world.citizen.pk).name == world.citizen.name
    told = AuditEntry.objects.filter(subject="keyring").order_by("pk").values_list("action", flat=True)
    assert list(told) == ["keys.added", "keys.resealed", "keys.retired"]
    run("--new")
    assert keys_in_use() == {3}, "the id of a retired key never comes again"


def test_tables_that_only_grow_do_so_again_after_each_batch() -> None:
    accepted_case(make_world())
    run("--new")
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        CaseStep.objects.update(note="changed")


def test_an_interruption_in_the_middle_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {CitizenFactory(real_named=True).pk for _ in range(7)}
    file = a_file()
    monkeypatch.setattr(rotation, "BATCH", 2)

    def stop(place: str, count: int) -> None:
        if place == "identity_citizen" and count >= 4:
            raise KeyboardInterrupt

    rotation.new_key()
    with pytest.raises(KeyboardInterrupt):
        rotation.reseal(stop)
    assert rotation.counts()["identity_citizen"].keys() == {1, 2}
    with in_a_day(), pytest.raises(CommandError, match=r"identity_citizen 还有 \d+ 处用旧密钥"):
        run("--retire")
    assert all(Citizen.objects.get(pk=pk).name for pk in names)
    assert file.read() == b"content"
    assert "全部内容都在密钥 2 下" in run()
    assert keys_in_use() == {2}


def test_rows_that_others_hold_or_write_meanwhile_move_later() -> None:
    held, changed = CitizenFactory(real_named=True), CitizenFactory(real_named=True)
    locked, done = threading.Event(), threading.Event()

    def officer() -> None:
        with transaction.atomic():
            Citizen.objects.select_for_update().get(pk=held.pk)
            locked.set()
            done.wait(30)
            Citizen.objects.filter(pk=held.pk).update(name="王改名")

    def operator() -> None:
        locked.wait(30)
        rotation.new_key()
        rotation._batch(next(one for one in rotation.tables() if one.name == "identity_citizen"), None)
        Citizen.objects.filter(pk=changed.pk).update(name="李改名")
        assert rotation.counts()["identity_citizen"].keys() == {1, 2}, "the held row is left alone"
        done.set()
        assert rotation.reseal(lambda place, count: None) == 0

    assert at_once([officer, operator]) == [None, None]
    assert [Citizen.objects.get(pk=one.pk).name for one in (held, changed)] == ["王改名", "李改名"]
    assert keys_in_use() == {2}


def test_a_running_process_seals_under_the_new_key_at_once() -> None:
    running = crypto.open_keyring()
    rotation.new_key()
    assert crypto.key_of(running.encrypt(b"x", "c")) == 2


@pytest.mark.parametrize("fault", ["away", "unreadable"])
def test_nothing_is_sealed_while_the_keyring_cannot_be_followed(fault: str) -> None:
    """A key that was retired meanwhile would have lost it. What is sealed already goes on opening."""
    running, path = crypto.open_keyring(), crypto.keyring_path()
    sealed, whole = running.encrypt(b"x", "c"), path.read_text()
    path.unlink()
    if fault == "unreadable":
        path.mkdir()
    for _ in range(2):
        with pytest.raises(KeysUnusable):
            running.encrypt(b"y", "c")
    assert running.decrypt(sealed, "c") == b"x"
    if fault == "unreadable":
        path.rmdir()
    path.write_text(whole)
    assert running.decrypt(running.encrypt(b"y", "c"), "c") == b"y"


def test_a_rotation_keeps_owner_mode_and_link_of_the_keyring(tmp_path: Path) -> None:
    path, mounted = crypto.keyring_path(), tmp_path / "mounted.json"
    path.replace(mounted)
    path.symlink_to(mounted)
    mounted.chmod(0o640)
    owner = (65534, 65534) if os.geteuid() == 0 else (os.geteuid(), os.getegid())
    os.chown(mounted, *owner)
    rotation.new_key()
    told = mounted.stat()
    assert path.is_symlink()
    assert (told.st_uid, told.st_gid, told.st_mode & 0o777) == (*owner, 0o640)
    assert crypto.open_keyring().active == 2


def test_a_strangers_file_is_not_followed(tmp_path: Path) -> None:
    running = crypto.open_keyring()
    stranger = tmp_path / "stranger.json"
    crypto.Keyring.create(stranger, (tmp_path / "secrets" / "master_key").read_bytes())
    sealed_before = running.encrypt(b"x", "c")
    stranger.replace(crypto.keyring_path())
    with pytest.raises(KeyringForeign):
        running.encrypt(b"y", "c")
    assert running.decrypt(sealed_before, "c") == b"x"


def test_files_laid_aside_and_values_that_do_not_open_keep_the_old_key() -> None:
    lost, person = a_file(), CitizenFactory(real_named=True)
    store().lay_aside(lost.key, now().date())
    lost.delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE identity_citizen SET name = %s WHERE id = %s", [crypto.encrypt(b"x", "no"), person.pk]
        )
    rotation.new_key()
    assert "有 1 处打不开" in run()
    with in_a_day(), pytest.raises(CommandError) as refusal:
        run("--retire")
    assert "identity_citizen 还有 1 处" in str(refusal.value)
    assert "移开的文件 还有 1 处用旧密钥：夜间清理移开的文件 30 天后才删除" in str(refusal.value)
