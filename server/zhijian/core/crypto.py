"""Encryption at rest: data keys wrapped by a master key (envelope), ciphertexts that name their key.

The keyring is a file beside the data, not a table: a dump of the database alone opens nothing. The master key
comes from ``ZHIJIAN_MASTER_KEY`` (a key service or HSM in production) or the data folder (laptop).
Algorithms: AES-256-GCM, or SM4-GCM where GB/T 39786 asks for it (``ZHIJIAN_CIPHER=SM4-GCM`` before first start).
"""

import hashlib
import json
import os
import secrets
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from config import env
from zhijian.core.sm4 import Sm4Gcm

_FORMAT = 1
_NONCE = 12
_HEADER = 3  # format (1 byte) and key id (2 bytes)


class Aead(Protocol):
    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...
    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...


CIPHERS: dict[str, tuple[type[Any], int]] = {"AES-256-GCM": (AESGCM, 32), "SM4-GCM": (Sm4Gcm, 16)}


class Undecryptable(Exception):
    """The ciphertext was changed, moved to another column, or its key is not in the keyring."""


class Keyring:
    """The data keys of an installation; the newest encrypts, all decrypt."""

    def __init__(self, path: Path, master: bytes) -> None:
        self._path = path
        self._master = AESGCM(hashlib.sha256(b"zhijian master" + master).digest())
        if not path.exists():
            self._create()
        content = json.loads(path.read_text())
        self.active: int = content["active"]
        self._ciphers = {int(key): self._open(int(key), entry) for key, entry in content["keys"].items()}
        self.index_key = self._unwrap(content["index"], b"index")

    def encrypt(self, plain: bytes, context: str) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        header = bytes([_FORMAT]) + self.active.to_bytes(2, "big")
        return header + nonce + self._ciphers[self.active].encrypt(nonce, plain, header + context.encode())

    def decrypt(self, sealed: bytes, context: str) -> bytes:
        header, nonce, body = sealed[:_HEADER], sealed[_HEADER : _HEADER + _NONCE], sealed[_HEADER + _NONCE :]
        cipher = self._ciphers.get(int.from_bytes(header[1:], "big"))
        if cipher is None or header[:1] != bytes([_FORMAT]):
            raise Undecryptable(context)
        try:
            return cipher.decrypt(nonce, body, header + context.encode())
        except InvalidTag as error:
            raise Undecryptable(context) from error

    def rotate(self, algorithm: str) -> int:
        """Add a data key and make it the active one; returns its id. Older ciphertexts stay readable."""
        content = json.loads(self._path.read_text())
        key_id = max(map(int, content["keys"])) + 1
        content["keys"][str(key_id)] = self._new_key(key_id, algorithm)
        content["active"] = key_id
        env.keep(self._path, json.dumps(content, indent=1), over=True)
        self._ciphers[key_id] = self._open(key_id, content["keys"][str(key_id)])
        self.active = key_id
        return key_id

    def _create(self) -> None:
        algorithm = os.environ.get("ZHIJIAN_CIPHER", "AES-256-GCM")
        index = self._wrap(secrets.token_bytes(32), b"index")
        content = {"active": 1, "index": index, "keys": {"1": self._new_key(1, algorithm)}}
        env.keep(self._path, json.dumps(content, indent=1))

    def _new_key(self, key_id: int, algorithm: str) -> dict[str, str]:
        size = CIPHERS[algorithm][1]
        return {
            "algorithm": algorithm,
            "wrapped": self._wrap(secrets.token_bytes(size), str(key_id).encode()),
        }

    def _open(self, key_id: int, entry: dict[str, str]) -> Aead:
        cipher: Aead = CIPHERS[entry["algorithm"]][0](self._unwrap(entry["wrapped"], str(key_id).encode()))
        return cipher

    def _wrap(self, key: bytes, context: bytes) -> str:
        nonce = secrets.token_bytes(_NONCE)
        return (nonce + self._master.encrypt(nonce, key, context)).hex()

    def _unwrap(self, wrapped: str, context: bytes) -> bytes:
        raw = bytes.fromhex(wrapped)
        return self._master.decrypt(raw[:_NONCE], raw[_NONCE:], context)


@cache
def keyring() -> Keyring:
    path = Path(os.environ.get("ZHIJIAN_KEYRING", settings.HOME / "secrets" / "keyring.json"))
    return Keyring(path, env.secret("master_key").encode())


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
