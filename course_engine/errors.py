"""The three ways to say no: Missing, Denied and Refused."""


class Refusal(Exception):
    """Something that may not happen, with one explanation for the person who asked."""

    explanation: str = "That is not possible."

    def __init__(self, explanation: str | None = None) -> None:
        if explanation is not None:
            self.explanation = explanation
        super().__init__(self.explanation)


class Missing(Refusal):
    """There is no such thing, or not for the person who asked: the answer is the same."""

    explanation = "There is nothing at this address."


class Denied(Refusal):
    """The person is known, and their role does not allow this."""

    explanation = "Your account does not give you access to this page."


class Refused(Refusal):
    """The thing exists and is theirs, and a rule says no."""

    explanation = "A rule of the course does not allow that now."
