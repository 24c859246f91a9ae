"""What the hub itself keeps secret from those who only talk to it: made once, in its store, for all its processes.

Whoever has the database has these too; nothing that is sealed hangs on them.
"""

import secrets

from forms_api.store import Store, Table

HUB = Table("hub", {"id": str, "value": str})


def own_secret(store: Store, name: str, size: int) -> bytes:
    """``size`` random bytes, the same ones whenever ``name`` is asked for in this hub."""
    store.prepare([HUB])
    store.add("hub", {"id": name, "value": secrets.token_hex(size)})
    return bytes.fromhex(store.get("hub", name)["value"])
