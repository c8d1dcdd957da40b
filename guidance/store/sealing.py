"""Sealing secrets at rest with a key that lies elsewhere."""

from __future__ import annotations

import base64
import hashlib
import hmac

import msgspec
from cryptography.fernet import Fernet, InvalidToken

from guidance.errors import SetupError
from guidance.ports import Account
from guidance.store.base import Base


class Seal:
    """Closes and opens secrets. `key`: any bytes, at least 16 of them; the same key opens what it closed."""

    def __init__(self, key: bytes) -> None:
        if len(key) < 16:
            raise SetupError("the secret key is too short: give GUIDANCE_SECRET_KEY at least 16 characters")
        self._mark_key = hashlib.sha256(b"mark|" + key).digest()
        self._fernet = Fernet(base64.urlsafe_b64encode(hashlib.sha256(key).digest()))

    def close(self, secret: str) -> str:
        return self._fernet.encrypt(secret.encode()).decode()

    def mark(self, value: str) -> str:
        """A mark by which a value is known again, and from which nobody without the key gets back to it."""
        return hmac.new(self._mark_key, value.encode(), hashlib.sha256).hexdigest()[:20]

    def open(self, sealed: str) -> str | None:
        """The secret; None where another key closed it."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return None


class Sealed(Base):
    """A part of the store that keeps accounts, whose secrets are sealed."""

    seal: Seal

    def opened(self, stored: bytes) -> Account:
        """An account as it was stored, its secrets opened; those of another key stay locked, and are no reason to refuse all else."""
        account = msgspec.json.decode(stored, type=Account)
        tried = {name: (value, self.seal.open(value)) for name, value in account.secrets.items()}
        return msgspec.structs.replace(
            account,
            secrets={name: secret for name, (_, secret) in tried.items() if secret is not None},
            locked={name: value for name, (value, secret) in tried.items() if secret is None},
        )

    def closed(self, account: Account) -> bytes:
        """An account as it is stored, its secrets sealed, and those of another key as they were, unless there is a new one."""
        secrets = {name: self.seal.close(value) for name, value in account.secrets.items()}
        return msgspec.json.encode(msgspec.structs.replace(account, secrets={**account.locked, **secrets}, locked={}))
