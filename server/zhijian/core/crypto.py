"""Encryption at rest: data keys wrapped by a master key (envelope), ciphertexts that name their key.

The keyring is a file beside the data, not a table: a dump of the database alone opens nothing. The master key
comes from ``ZHIJIAN_MASTER_KEY`` (a key service or HSM in production) or the data folder (laptop).
Algorithms: AES-256-GCM, or SM4-GCM where GB/T 39786 asks for it (``ZHIJIAN_CIPHER=SM4-GCM`` before first start).

A keyring that is not the database's own would write rows that nobody can open later, so every process holds it
against the fingerprints in the database before it uses it: see :mod:`zhijian.core.installation`.
"""

import hashlib
import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from config import env
from zhijian.core.errors import OperatorNeeded, Unavailable
from zhijian.core.sm4 import Sm4Gcm

_FORMAT = 1
_NONCE = 12
_HEADER = 3  # format (1 byte) and key id (2 bytes)


class Aead(Protocol):
    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...
    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...


CIPHERS: dict[str, tuple[type[Any], int]] = {"AES-256-GCM": (AESGCM, 32), "SM4-GCM": (Sm4Gcm, 16)}


class Undecryptable(Unavailable):
    """The ciphertext was changed, moved to another column, or its key is not in the keyring."""

    code = "core.unreadable"
    title = "这条记录里有内容无法读取，没有作任何改动，请联系系统管理员"


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


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """Tell keyrings apart without telling a key: one-way digests of random keys, of the index key and by key id."""

    index: str
    data: dict[str, str]


class Keyring:
    """The data keys of an installation; the newest encrypts, all decrypt. Never made by opening: see ``create``."""

    def __init__(self, path: Path, master: bytes) -> None:
        """Raises KeyringMissing, KeyringDamaged, MasterKeyWrong."""
        self._path = path
        self._master = _master_cipher(master)
        self._read()

    @classmethod
    def create(cls, path: Path, master: bytes) -> "Keyring":
        """A new keyring, or the one that another process made at the same moment."""
        cipher = _master_cipher(master)
        algorithm = os.environ.get("ZHIJIAN_CIPHER", "AES-256-GCM")
        content = {
            "active": 1,
            "index": _wrap(cipher, secrets.token_bytes(32), b"index"),
            "keys": {"1": _new_key(cipher, 1, algorithm)},
        }
        env.keep(path, json.dumps(content, indent=1))
        return cls(path, master)

    def _read(self) -> None:
        try:
            content = json.loads(self._path.read_text())
            self.active: int = content["active"]
            keys = {int(key): entry for key, entry in content["keys"].items()}
            plain = {key: self._unwrap(entry["wrapped"], str(key).encode()) for key, entry in keys.items()}
            self._ciphers: dict[int, Aead] = {
                key: CIPHERS[entry["algorithm"]][0](plain[key]) for key, entry in keys.items()
            }
            self.index_key = self._unwrap(content["index"], b"index")
        except FileNotFoundError as error:
            raise KeyringMissing(self._path) from error
        except InvalidTag as error:
            raise MasterKeyWrong(self._path) from error
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise KeyringDamaged(self._path) from error
        self.fingerprints = Fingerprints(
            _fingerprint(b"index", self.index_key),
            {str(key): _fingerprint(str(key).encode(), value) for key, value in plain.items()},
        )

    def encrypt(self, plain: bytes, context: str) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        header = bytes([_FORMAT]) + self.active.to_bytes(2, "big")
        return header + nonce + self._ciphers[self.active].encrypt(nonce, plain, header + context.encode())

    def decrypt(self, sealed: bytes, context: str) -> bytes:
        header, nonce, body = sealed[:_HEADER], sealed[_HEADER : _HEADER + _NONCE], sealed[_HEADER + _NONCE :]
        key_id = int.from_bytes(header[1:], "big")
        if header[:1] == bytes([_FORMAT]) and key_id not in self._ciphers:
            self._read()  # another process may have rotated
        cipher = self._ciphers.get(key_id)
        if cipher is None or header[:1] != bytes([_FORMAT]):
            raise Undecryptable()
        try:
            return cipher.decrypt(nonce, body, header + context.encode())
        except InvalidTag as error:
            raise Undecryptable() from error

    def rotate(self, algorithm: str) -> int:
        """Add a data key and make it the active one; returns its id. Older ciphertexts stay readable."""
        content = json.loads(self._path.read_text())
        key_id = max(map(int, content["keys"])) + 1
        content["keys"][str(key_id)] = _new_key(self._master, key_id, algorithm)
        content["active"] = key_id
        env.keep(self._path, json.dumps(content, indent=1), over=True)
        self._read()
        return key_id

    def _unwrap(self, wrapped: str, context: bytes) -> bytes:
        raw = bytes.fromhex(wrapped)
        return self._master.decrypt(raw[:_NONCE], raw[_NONCE:], context)


def _master_cipher(master: bytes) -> AESGCM:
    return AESGCM(hashlib.sha256(b"zhijian master" + master).digest())


def _wrap(master: AESGCM, key: bytes, context: bytes) -> str:
    nonce = secrets.token_bytes(_NONCE)
    return (nonce + master.encrypt(nonce, key, context)).hex()


def _new_key(master: AESGCM, key_id: int, algorithm: str) -> dict[str, str]:
    size = CIPHERS[algorithm][1]
    return {
        "algorithm": algorithm,
        "wrapped": _wrap(master, secrets.token_bytes(size), str(key_id).encode()),
    }


def _fingerprint(purpose: bytes, key: bytes) -> str:
    return hashlib.sha256(b"zhijian fingerprint\0" + purpose + b"\0" + key).hexdigest()[:32]


def keyring_path() -> Path:
    return Path(os.environ.get("ZHIJIAN_KEYRING") or env.home() / "secrets" / "keyring.json")


def open_keyring() -> Keyring:
    """The keyring of this data folder or environment, whoever's it is. Raises KeysUnusable."""
    path, master = keyring_path(), env.known_secret("master_key")
    if not path.exists():
        raise KeyringMissing(path)
    if master is None:
        raise MasterKeyMissing(env.home() / "secrets" / "master_key")
    return Keyring(path, master.encode())


def new_keyring() -> Keyring:
    """A new keyring and, unless there is one, a new master key: for a database that holds nothing yet."""
    return Keyring.create(keyring_path(), env.secret("master_key").encode())


_in_use: list[Keyring] = []
_confirm: list[Callable[[], Keyring]] = []


def confirm_by(confirmed: Callable[[], Keyring]) -> None:
    """Says who finds the right keyring: it reads tables, whose fields stand on this module."""
    _confirm[:] = [confirmed]


def keyring() -> Keyring:
    """The keyring, once it has been found to be the database's own. Raises KeysUnusable."""
    if not _in_use:
        use(_confirm[0]())
    return _in_use[0]


def use(ring: Keyring | None) -> None:
    """Work with ``ring`` from now on; None: ask again which one is right."""
    _in_use[:] = [ring] if ring else []


def encrypt(plain: bytes, context: str) -> bytes:
    """Seal ``plain``; ``context`` (such as ``identity.citizen.name``) must be the same to open it again."""
    return keyring().encrypt(plain, context)


def decrypt(sealed: bytes, context: str) -> bytes:
    """Open what :func:`encrypt` sealed. Raises :class:`Undecryptable`."""
    return keyring().decrypt(sealed, context)


def keyed_digest(purpose: str, value: bytes) -> str:
    """HMAC-SM3 in hex: equal values compare equal without being readable or guessable without the key."""
    mac = hmac.HMAC(keyring().index_key, hashes.SM3())
    mac.update(purpose.encode() + b"\0" + value)
    return mac.finalize().hex()


def blind_index(purpose: str, value: str) -> str:
    """A look-up value for an encrypted column."""
    return keyed_digest(purpose, value.encode())
