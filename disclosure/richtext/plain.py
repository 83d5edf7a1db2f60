"""Plain text as people type it."""


def without_nul(text: str) -> str:
    """``text`` without the one character that PostgreSQL stores neither in text nor in JSON; nobody types it."""
    return text.replace("\x00", "")


def typed(text: str) -> str:
    """What somebody wrote into a text area: without blanks around it, its lines ended as browsers count them."""
    return without_nul(text).replace("\r\n", "\n").strip()
