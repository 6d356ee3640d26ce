"""Why the keys cannot be used, and what the operator should do."""

from pathlib import Path
from typing import ClassVar

from zhijian.core.errors import OperatorNeeded


class KeysUnusable(OperatorNeeded):
    """The keys of this installation are not the ones that its data lie under.

    Whoever uses the platform reads ``title``; ``advice`` and ``english`` tell the operator what to do.
    """

    code = "keys.unusable"
    title = "系统的密钥没有就绪，请联系系统管理员"
    advice: ClassVar[str] = ""
    english: ClassVar[str] = ""

    def __init__(self, place: Path | str = "") -> None:
        super().__init__()
        self.place = str(place)

    def words(self) -> tuple[str, str]:
        """What to do, in Chinese and in English."""
        return self.advice.format(place=self.place), self.english.format(place=self.place)

    def __str__(self) -> str:
        return f"{self.code}: {' '.join(self.words())}"


class KeyringMissing(KeysUnusable):
    code = "keys.missing"
    advice = (
        "数据库里有加密的数据，但是找不到密钥文件 {place}。请从备份放回原来的密钥文件；多台服务器共用同一份 secrets 目录。"
        "不要新建：新密钥打不开原来的数据。"
    )
    english = (
        "The database holds sealed data, but the keyring {place} is missing. Put the original file back from the backup; "
        "all nodes share one secrets folder. A new one could not open the data."
    )


class KeyringDamaged(KeysUnusable):
    code = "keys.damaged"
    advice = "密钥文件 {place} 读不了或内容不完整。请检查权限，或从备份放回原来的文件。"
    english = "The keyring {place} cannot be read or is not whole. Check its permissions, or restore it from the backup."


class MasterKeyMissing(KeysUnusable):
    code = "keys.master_missing"
    advice = "有密钥文件，但是没有主密钥。请设置 ZHIJIAN_MASTER_KEY，或从备份放回 {place}。不要新建：新主密钥打不开原来的密钥文件。"
    english = (
        "There is a keyring but no master key. Set ZHIJIAN_MASTER_KEY, or put {place} back from the backup. "
        "A new one could not open the keyring."
    )


class MasterKeyWrong(KeysUnusable):
    code = "keys.master_wrong"
    advice = "主密钥打不开密钥文件 {place}。请核对 ZHIJIAN_MASTER_KEY（或 secrets/master_key），它必须是建立密钥文件时的那一个。"
    english = (
        "The master key does not open the keyring {place}. Check ZHIJIAN_MASTER_KEY (or secrets/master_key): it must be "
        "the one that the keyring was made with."
    )


class KeyringForeign(KeysUnusable):
    """A keyring of another installation, or one that was made beside the real one."""

    code = "keys.foreign"
    advice = (
        "密钥文件 {place} 不是这个数据库的：用它写入的数据以后谁也打不开。请核对 DATABASE_URL，并使用这个数据库原来的密钥文件；"
        "多台服务器共用同一份 secrets 目录。"
    )
    english = (
        "The keyring {place} is not this database's: nobody could open what is written under it. Check DATABASE_URL, and "
        "use the database's own keyring; all nodes share one secrets folder."
    )


class KeyringOlder(KeysUnusable):
    """A copy from before a rotation."""

    code = "keys.older"
    advice = "密钥文件 {place} 是更换密钥以前的旧副本，缺少正在使用的密钥。请换成最新的一份；多台服务器共用同一份 secrets 目录。"
    english = (
        "The keyring {place} is a copy from before a rotation and lacks a key in use. Put the newest one in its place; all "
        "nodes share one secrets folder."
    )


class NotMigrated(KeysUnusable):
    code = "keys.not_migrated"
    advice = "数据表还没有更新，请先运行 manage.py migrate。"
    english = "The tables are not up to date: run manage.py migrate first."
