"""One notice through another service than e-mail (Telegram, Matrix, ntfy …), by apprise, an optional extra."""

from hashlib import blake2b
from importlib.util import find_spec

from forms_api.case.mail import NotSent

INSTALLED = find_spec("apprise") is not None


def known(url: str) -> bool:
    """Whether apprise knows the service behind ``url`` and all that it needs is there."""
    return len(_services(url)) == 1


def name_of(url: str) -> str:
    """What the outbox calls the service: eight hexadecimal digits, because the address itself holds its key."""
    return blake2b(url.encode(), digest_size=4, person=b"service").hexdigest()


def send(url: str, subject: str, body: str) -> None:
    """Hand a notice to the service behind ``url``, as apprise writes it (``tgram://TOKEN/CHAT``). Raises NotSent."""
    # its result is true only when the service took it; what went wrong it tells its log alone, which may hold the key
    if not _services(url).notify(title=subject, body=body):
        raise NotSent("not taken")


def _services(url: str):
    # here and not above: most hubs tell by e-mail alone and do not have it
    from apprise import Apprise, AppriseAsset

    services = Apprise(asset=AppriseAsset(async_mode=False))
    services.add(url)
    return services
