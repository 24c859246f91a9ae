"""That a database cannot be used is said in the log, so that a night of refusals does not pass in silence."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from forms_api.store import RowRefused, StoreUnavailable

EVERY = 60  # seconds, so that a thousand refusals are no thousand lines
log = logging.getLogger("forms_api")
log.addHandler(logging.NullHandler())  # a command says its fault itself; only the server has a log


class Faults:
    """Says a fault by its kind alone: the database's own words may quote an answer."""

    def __init__(self):
        self._silent_until = 0.0

    def say(self, error: StoreUnavailable) -> StoreUnavailable:
        """Give back ``error``, after a line about it in the log, at most one in EVERY seconds."""
        if monotonic() >= self._silent_until:
            self._silent_until = monotonic() + EVERY
            log.warning("requests are refused, the database cannot be used: %s", error.kind)
        return error

    @contextmanager
    def said(self) -> Iterator[None]:
        """Say what the block raises, except what is the fault of one row."""
        try:
            yield
        except RowRefused:
            raise
        except StoreUnavailable as error:
            self.say(error)
            raise
