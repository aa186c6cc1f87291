"""The figures of a quiz and of its questions, by the definitions of Moodle's quiz statistics.

They are published at https://docs.moodle.org/dev/Quiz_statistics_calculations. Figures that are
shares stand as percents; a figure that cannot be known, for want of papers or of spread, is None.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from course_engine.assessment.analysis import counts
from course_engine.assessment.analysis.counts import Counts, Joint
from course_engine.assessment.analysis.tallies import Tally


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionFigures:
    """What is known of one question.

    ``papers`` it stood on; ``facility``, the mean mark; ``deviation`` of the mark; both as percents
    of its points. ``discrimination`` is the correlation of the mark with the rest of the paper,
    ``efficiency`` that covariance as a share of the largest possible one, ``weight`` the share of
    the quiz's spread that the question makes (only where everybody got the same questions).
    """

    papers: int
    facility: float
    deviation: float | None
    discrimination: float | None
    efficiency: float | None
    weight: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class QuizFigures:
    """What is known of a quiz as a whole: of points earned, not of percents.

    ``alpha`` is the coefficient of internal consistency, ``error_ratio`` the part of the spread
    that is chance, ``standard_error`` the same in points.
    """

    papers: int
    mean: float
    median: float
    deviation: float | None
    skewness: float | None
    kurtosis: float | None
    alpha: float | None
    error_ratio: float | None
    standard_error: float | None


def of_questions(tally: Tally, points: Mapping[str, float]) -> dict[str, QuestionFigures]:
    """Work out the figures of every question; ``points`` says what each can earn."""
    alike = all(joint.total() == tally.papers for joint in tally.marks.values())
    shares = {key: _share_of_spread(joint) for key, joint in tally.marks.items()} if alike else {}
    whole = sum(share for share in shares.values() if share is not None)
    return {
        question: _question(joint, points[question], shares.get(question), whole)
        for question, joint in tally.marks.items()
    }


def of_quiz(tally: Tally) -> QuizFigures:
    """Work out the figures of the whole quiz.

    Where everybody got the same questions, alpha is over questions; where papers were drawn from a
    bank, it is over places on the paper, as each person was asked something else.
    """
    totals = tally.totals
    n = totals.total()
    mean = counts.mean(totals)
    second, third, fourth = (counts.moment(totals, mean, power) for power in (2, 3, 4))
    variance = n * second / (n - 1) if n > 1 else None
    deviation = None if variance is None else sqrt(variance)
    skewness = kurtosis = None
    if variance and n > 2:  # noqa: PLR2004 - the least that k-statistics ask for.
        skewness = n * n * third / ((n - 1) * (n - 2)) / variance**1.5
    if variance and n > 3:  # noqa: PLR2004
        top = n * n * ((n + 1) * fourth - 3 * (n - 1) * second * second)
        kurtosis = top / ((n - 1) * (n - 2) * (n - 3)) / variance**2
    alpha = _alpha(_parts(tally), variance)
    ratio = None if alpha is None else 100 * sqrt(1 - alpha / 100)
    return QuizFigures(
        papers=n,
        mean=mean,
        median=counts.median(totals),
        deviation=deviation,
        skewness=skewness,
        kurtosis=kurtosis,
        alpha=alpha,
        error_ratio=ratio,
        standard_error=None if ratio is None or deviation is None else ratio * deviation / 100,
    )


def _question(joint: Joint, points: float, share: float | None, whole: float) -> QuestionFigures:
    marks, rests = counts.margin(joint, 0), counts.margin(joint, 1)
    n = sum(joint.values())
    spread, others = counts.variance(marks), counts.variance(rests)
    together = counts.covariance((*pair, count) for pair, count in joint.items())
    largest = counts.covariance(counts.side_by_side(marks, rests))
    discrimination = efficiency = None
    if spread and others and together is not None:
        discrimination = 100 * together / sqrt(spread * others)
    if together is not None and largest:
        efficiency = 100 * together / largest
    return QuestionFigures(
        papers=n,
        facility=100 * counts.mean(marks) / points,
        deviation=None if spread is None else 100 * sqrt(spread) / points,
        discrimination=discrimination,
        efficiency=efficiency,
        weight=None if share is None or not whole else 100 * share / whole,
    )


def _share_of_spread(joint: Joint) -> float | None:
    """Return the root of the covariance with the whole paper; None where it is negative."""
    found = counts.covariance((mark, mark + rest, count) for (mark, rest), count in joint.items())
    return None if found is None or found < 0 else sqrt(found)


def _parts(tally: Tally) -> list[Counts]:
    if all(joint.total() == tally.papers for joint in tally.marks.values()):
        return [counts.margin(joint, 0) for joint in tally.marks.values()]
    return list(tally.places)


def _alpha(parts: list[Counts], variance: float | None) -> float | None:
    k = len(parts)
    if not variance or k < 2:  # noqa: PLR2004 - one part agrees with nothing.
        return None
    inner = sum(counts.variance(part) or 0.0 for part in parts)
    return 100 * k / (k - 1) * (1 - inner / variance)
