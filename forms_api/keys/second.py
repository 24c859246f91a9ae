"""The second factor of an officer: six digits from an app, by RFC 6238 (TOTP: SHA-1, 30 seconds)."""

import hmac
import re
from datetime import datetime

import pyotp

STEP = 30  # seconds: RFC 6238, section 5.2
SECRET = re.compile(r"[A-Z2-7]{32}")  # 160 bits in base 32: RFC 4226, section 4, R6


def new_secret() -> str:
    """A random secret of 160 bits as apps take it."""
    return pyotp.random_base32()


def link(secret: str, officer: str, hub: str) -> str:
    """The otpauth: address that an app on the same phone opens."""
    return pyotp.TOTP(secret).provisioning_uri(name=officer, issuer_name=hub)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The number of the 30 seconds whose code this is: the present ones, those before or those after (RFC 6238,
    section 6, for clocks that differ); None for any other code."""
    totp, present, typed = pyotp.TOTP(secret), int(now.timestamp()) // STEP, "".join(code.split()).encode()
    near = (present + 1, present, present - 1)
    return next((step for step in near if hmac.compare_digest(totp.at(step * STEP).encode(), typed)), None)
