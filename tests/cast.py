"""The people of the tests. Siti asks for help, Budi is an officer, Dewi is nobody the desk knows."""

PASSPHRASE = "padi kuning di tepi musi"
STORY = "Paspor saya ditahan majikan sejak bulan lalu."


def help_request(**changed) -> dict[str, str]:
    """What Siti sends: a good help request, of which a test spoils one thing. A None leaves the answer out."""
    answers = {
        "danger": "no", "topic": "employer", "story": STORY, "country": "MY", "village": "16.06.13.2001",
        "phone": "+60 12-345 6789", "safe_time": "sesudah jam 8 malam", "name": "Siti", "consent": "yes",
        "language": "id",
    } | changed  # fmt: skip
    return {name: answer for name, answer in answers.items() if answer is not None}
