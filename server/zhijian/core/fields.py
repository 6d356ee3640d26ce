"""Model fields of this project: encrypted values and public ids."""

import json
import logging
from typing import Any

from django.core.exceptions import FieldError
from django.db import models

from zhijian.core.crypto import Undecryptable, decrypt, encrypt
from zhijian.core.ids import new_id
from zhijian.core.unreadable import Unreadable, UnreadableJSON, UnreadableText, tolerated

log = logging.getLogger(__name__)


class Encrypted(models.BinaryField):  # type: ignore[type-arg]
    """Sealed in the database, plain in Python. Cannot be looked up: keep a blind index beside it."""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None:
            return None
        if isinstance(value, Unreadable):  # a row that is shown and saved again keeps what it holds
            return super().get_db_prep_value(value.sealed, connection, prepared)
        sealed = encrypt(self._dump(value), self.context())
        return super().get_db_prep_value(sealed, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if value is None:
            return None
        try:
            return self._load(decrypt(bytes(value), self.context()))
        except Undecryptable:
            log.error("a sealed value does not open", extra={"column": self.context()})
            if not tolerated():
                raise
            return self._stand_in(bytes(value))

    def get_default(self) -> Any:
        return models.Field.get_default(self)  # BinaryField's turns "" into b""

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.name} is encrypted: look up its blind index instead")

    def value_to_string(self, obj: models.Model) -> str:
        raise FieldError(f"{self.name} is encrypted and is not serialised")

    def context(self) -> str:
        """What a value of this column is sealed for: it does not open in another one."""
        return f"{self.model._meta.label_lower}.{self.name}"

    def _dump(self, value: Any) -> bytes:
        raise NotImplementedError

    def _load(self, plain: bytes) -> Any:
        raise NotImplementedError

    def _stand_in(self, sealed: bytes) -> Any:
        raise NotImplementedError


class EncryptedText(Encrypted):
    def _dump(self, value: str) -> bytes:
        return value.encode()

    def _load(self, plain: bytes) -> str:
        return plain.decode()

    def _stand_in(self, sealed: bytes) -> UnreadableText:
        return UnreadableText(sealed)


class EncryptedJSON(Encrypted):
    def _dump(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def _load(self, plain: bytes) -> Any:
        return json.loads(plain)

    def _stand_in(self, sealed: bytes) -> UnreadableJSON:
        return UnreadableJSON(sealed)


class PublicIdField(models.CharField):  # type: ignore[type-arg]
    """The opaque id by which the outside knows a row."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        defaults: dict[str, Any] = {"max_length": 26, "unique": True, "default": new_id, "editable": False}
        super().__init__(*args, **(defaults | kwargs))
