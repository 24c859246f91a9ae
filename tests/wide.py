"""The hub's server with no limit on how much one address sends: for tests and benches that press hard from one.

``python -m tests.wide serve --port 8899`` is ``python -m forms_api serve --port 8899`` but for that.
"""

import sys

from forms_api.__main__ import main
from forms_api.door.limits import Limits


class Wide(Limits):
    """Everyone may send."""

    def admit(self, address: str, ticket: str = "", work: str = "", strict: bool = False) -> None:
        """None: now."""


if __name__ == "__main__":
    Limits.admit = Wide.admit
    sys.exit(main())
