"""Text from outside before it reaches the database, which takes no NUL."""

ID = 40


def given(text: str, size: int = ID) -> str:
    """``text`` without NUL and space around it, at most ``size`` long: as a key it then finds something or nothing."""
    return text.replace("\0", "").strip()[:size]
