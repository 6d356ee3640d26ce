"""``manage.py rotate_keys``: a new data key, everything sealed under it, the older ones away."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhijian.audit.actions import record
from zhijian.core import crypto, rotation
from zhijian.core.actor import SYSTEM


class Command(BaseCommand):
    """Each step may be interrupted and run again; people work on meanwhile."""

    help = "更换数据密钥：--new 启用新密钥并把全部密文换到新密钥下；不带选项时继续没做完的；--retire 删除不再需要的旧密钥"

    def add_arguments(self, parser: ArgumentParser) -> None:
        step = parser.add_mutually_exclusive_group()
        step.add_argument("--new", action="store_true", help="启用一个新密钥，然后重新加密")
        step.add_argument("--retire", action="store_true", help="删除已没有内容使用的旧密钥；还需要时拒绝")
        step.add_argument("--dry-run", action="store_true", help="只统计各处内容用的是哪个密钥")
        parser.add_argument(
            "--cipher", choices=sorted(crypto.CIPHERS), default="", help="新密钥的算法，默认不变"
        )

    def handle(self, *args: Any, new: bool, retire: bool, dry_run: bool, cipher: str, **options: Any) -> None:
        if cipher and not new:
            raise CommandError("--cipher 只能和 --new 一起用")
        if dry_run:
            self._count()
        elif retire:
            self._retire()
        else:
            self._reseal(cipher, new=new)

    def _reseal(self, cipher: str, *, new: bool) -> None:
        if new:
            key_id = rotation.new_key(cipher)
            record(SYSTEM, "keys.added", subject="keyring", facts={"key": key_id})
            self.stdout.write(f"启用新密钥 {key_id}。请立即备份密钥文件 {crypto.keyring_path()}")
        broken = rotation.reseal(lambda place, count: self.stdout.write(f"  {place}：已换 {count}"))
        left = (
            sum(_older(found) for place, found in rotation.counts().items() if place != rotation.ASIDE)
            - broken
        )
        active = crypto.keyring().active
        record(SYSTEM, "keys.resealed", subject="keyring", facts={"key": active, "left": left})
        if broken:
            self.stdout.write(f"有 {broken} 处打不开，没有改动，需要时从备份恢复")
        if left:
            raise CommandError(f"还有 {left} 处用旧密钥，请再运行一次 manage.py rotate_keys")
        self.stdout.write(f"全部内容都在密钥 {active} 下。启用满 24 小时后可以用 --retire 删除旧密钥")

    def _count(self) -> None:
        counted = rotation.counts()  # reads every file
        for place, found in counted.items():
            keys = "，".join(f"密钥 {key} 有 {count}" for key, count in sorted(found.items(), key=str))
            self.stdout.write(f"{place}：{keys or '没有内容'}")
        left = sum(_older(found) for found in counted.values())
        self.stdout.write(f"使用中的密钥：{crypto.keyring().active}；需要换的共 {left} 处")

    def _retire(self) -> None:
        try:
            gone = rotation.retire()
        except rotation.StillNeeded as refusal:
            raise CommandError("旧密钥还不能删除：\n" + "\n".join(refusal.reasons)) from refusal
        if not gone:
            self.stdout.write("没有旧密钥")
            return
        record(SYSTEM, "keys.retired", subject="keyring", facts={"keys": gone})
        words = "、".join(map(str, gone))
        self.stdout.write(
            f"已删除旧密钥 {words}。更早的数据库和文件备份仍要用当时的密钥文件，请与那些备份一起保留"
        )


def _older(found: dict[int | None, int]) -> int:
    """How many values lie under another key than the newest."""
    return sum(count for key, count in found.items() if key != crypto.keyring().active)
