"""Signatures of webhooks as the Standard Webhooks specification (1.0.0) has them."""

import base64
import hashlib
import hmac
import secrets

PREFIX = "whsec_"


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signature(secret: str, id: str, seconds: int, body: bytes) -> str:
    """ "v1," and the base64 of HMAC-SHA256 over "id.seconds.body"; `seconds` since 1970, when it was sent."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    digest = hmac.new(key, f"{id}.{seconds}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()
