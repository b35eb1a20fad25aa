"""Secrets that have to be read again, sealed for storage: Fernet (AES-128-CBC with HMAC-SHA256) under derived keys."""

import base64
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from annotations.core.errors import DomainError
from annotations.core.wording import _


def sealed(secret: str, keys: Sequence[str]) -> str:
    """`keys` are the key of now and those before it; the first one seals."""
    return _box(keys).encrypt(secret.encode()).decode()


def unsealed(token: str, keys: Sequence[str]) -> str:
    """The secret, whichever of the keys sealed it. Raises "secret_unreadable" when none of them did."""
    try:
        return _box(keys).decrypt(token.encode()).decode()
    except InvalidToken:
        sentence = _(
            "The secret of this webhook was sealed under a SECRET_KEY that is neither the current one nor among "
            "SECRET_KEY_FALLBACKS. Name that key again, or pause this webhook and add it anew."
        )
        raise DomainError("secret_unreadable", sentence) from None


def _box(keys: Sequence[str]) -> MultiFernet:
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    """A key of its own for this purpose, so that a signature made with the key itself tells nothing about it."""
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"factcheck secrets at rest 1")
    return base64.urlsafe_b64encode(derivation.derive(key.encode()))
