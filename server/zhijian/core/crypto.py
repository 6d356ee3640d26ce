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
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from config import env
from zhijian.core.errors import Unavailable
from zhijian.core.key_errors import (
    KeyringDamaged,
    KeyringForeign,
    KeyringMissing,
    MasterKeyMissing,
    MasterKeyWrong,
)
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


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """Tell keyrings apart without telling a key: one-way digests of random keys, of the index key and by key id."""

    index: str
    data: dict[str, str]

    def agree(self, record: "Fingerprints") -> bool:
        """Whether no key that both know differs."""
        return self.index == record.index and all(
            self.data.get(key, print_) == print_ for key, print_ in record.data.items()
        )


@dataclass(frozen=True, slots=True)
class DataKeys:
    """The keys of a keyring as they were read. ``made`` is a moment in ISO format, empty for keys of older versions."""

    active: int
    ciphers: dict[int, Aead]
    algorithms: dict[int, str]
    made: dict[int, str]


class Keyring:
    """The data keys of an installation; the newest encrypts, all decrypt. Never made by opening: see ``create``."""

    fingerprints: Fingerprints
    index_key: bytes
    keys: DataKeys

    def __init__(self, path: Path, master: bytes) -> None:
        """Raises KeyringMissing, KeyringDamaged, MasterKeyWrong."""
        self._path = path
        self._master = _master_cipher(master)
        self._seen: tuple[int, int] | None = None
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
        former = self.fingerprints if self._seen else None
        try:
            mark = self._mark()
            content = json.loads(self._path.read_text())
            keys = {int(key): entry for key, entry in content["keys"].items()}
            plain = {key: self._unwrap(entry["wrapped"], str(key).encode()) for key, entry in keys.items()}
            read = DataKeys(
                active=int(content["active"]),
                ciphers={key: CIPHERS[entry["algorithm"]][0](plain[key]) for key, entry in keys.items()},
                algorithms={key: entry["algorithm"] for key, entry in keys.items()},
                made={key: entry.get("made", "") for key, entry in keys.items()},
            )
            index_key = self._unwrap(content["index"], b"index")
        except FileNotFoundError as error:
            raise KeyringMissing(self._path) from error
        except InvalidTag as error:
            raise MasterKeyWrong(self._path) from error
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise KeyringDamaged(self._path) from error
        found = Fingerprints(
            _fingerprint(b"index", index_key),
            {str(key): _fingerprint(str(key).encode(), value) for key, value in plain.items()},
        )
        if former and not found.agree(former):
            raise KeyringForeign(self._path)
        self.fingerprints, self.index_key, self.keys, self._seen = found, index_key, read, mark

    def _mark(self) -> tuple[int, int]:
        """Differs once the file was replaced."""
        told = self._path.stat()
        return told.st_ino, told.st_mtime_ns

    def _follow(self) -> None:
        """Read the file again if another process changed it: all write under the newest key from then on.

        While the file is away, unreadable or another's, nothing is sealed: what is written under a key that was
        retired meanwhile is lost for good. Raises KeysUnusable.
        """
        try:
            mark = self._mark()
        except FileNotFoundError as error:
            raise KeyringMissing(self._path) from error
        except OSError as error:
            raise KeyringDamaged(self._path) from error
        if mark != self._seen:
            self._read()

    @property
    def active(self) -> int:
        return self.keys.active

    def encrypt(self, plain: bytes, context: str) -> bytes:
        self._follow()
        keys, nonce = self.keys, secrets.token_bytes(_NONCE)
        header = header_of(keys.active)
        return header + nonce + keys.ciphers[keys.active].encrypt(nonce, plain, header + context.encode())

    def decrypt(self, sealed: bytes, context: str) -> bytes:
        header, nonce, body = sealed[:_HEADER], sealed[_HEADER : _HEADER + _NONCE], sealed[_HEADER + _NONCE :]
        key_id = key_of(sealed)
        if key_id is not None and key_id not in self.keys.ciphers:
            self._read()  # another process may have rotated
        cipher = self.keys.ciphers.get(key_id or 0)
        if cipher is None:
            raise Undecryptable()
        try:
            return cipher.decrypt(nonce, body, header + context.encode())
        except InvalidTag as error:
            raise Undecryptable() from error

    def rotate(self, algorithm: str = "") -> int:
        """Add a data key (of the newest one's algorithm) and make it the active one; returns its id.

        Older ciphertexts stay readable. One process at a time: see :mod:`zhijian.core.rotation`.
        """
        self._read()
        content = json.loads(self._path.read_text())
        # The id of a retired key never comes again.
        key_id = int(max(content.get("last", 0), *self.keys.ciphers)) + 1
        algorithm = algorithm or self.keys.algorithms[self.active]
        content["keys"][str(key_id)] = _new_key(self._master, key_id, algorithm)
        content |= {"active": key_id, "last": key_id}
        self._write(content)
        return key_id

    def retire(self, ids: Iterable[int]) -> None:
        """Forget data keys for good: nothing under them opens any more."""
        gone = {str(key_id) for key_id in ids} - {str(self.active)}
        content = json.loads(self._path.read_text())
        content["keys"] = {key: entry for key, entry in content["keys"].items() if key not in gone}
        self._write(content)

    def _write(self, content: dict[str, Any]) -> None:
        env.keep(self._path, json.dumps(content, indent=1), over=True)
        self._read()

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
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _fingerprint(purpose: bytes, key: bytes) -> str:
    return hashlib.sha256(b"zhijian fingerprint\0" + purpose + b"\0" + key).hexdigest()[:32]


def header_of(key_id: int) -> bytes:
    """What a value sealed under this key begins with."""
    return bytes([_FORMAT]) + key_id.to_bytes(2, "big")


def key_of(sealed: bytes) -> int | None:
    """The key that a value is sealed under; None for what is no sealed value."""
    return int.from_bytes(sealed[1:_HEADER], "big") if sealed[:1] == bytes([_FORMAT]) else None


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
