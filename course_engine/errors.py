"""The three ways to say no: Missing, Denied and Refused."""


def N_(text: str) -> str:  # noqa: N802 - the mark that Babel looks for
    """Mark a text for translation where the reader's language is not known yet."""
    return text


class Refusal(Exception):
    """Something that may not happen, with one explanation for the person who asked.

    ``explanation`` is a text marked by ``N_``; its ``%(…)s`` stand for ``values``. Whoever shows it
    translates first and fills in the values afterwards; ``str`` gives it in English.
    """

    explanation: str = N_("That is not possible.")

    def __init__(self, explanation: str | None = None, **values: object) -> None:
        if explanation is not None:
            self.explanation = explanation
        self.values = values
        super().__init__(self.explanation % values if values else self.explanation)


class Missing(Refusal):
    """There is no such thing, or not for the person who asked: the answer is the same."""

    explanation = N_("There is nothing at this address.")


class Denied(Refusal):
    """The person is known, and their role does not allow this."""

    explanation = N_("Your account does not give you access to this page.")


class Refused(Refusal):
    """The thing exists and is theirs, and a rule says no."""

    explanation = N_("A rule of the course does not allow that now.")
