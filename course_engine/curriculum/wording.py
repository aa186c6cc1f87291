"""Words that a course should not use: claims of certification, and names that hurt people."""

import re
from collections.abc import Iterator, Sequence

from course_engine.curriculum.problems import Place
from course_engine.curriculum.reading import Line, Ruler, joined
from course_engine.curriculum.scanning import coded

# A sentence ends at its mark, at an empty line, and where the next line opens a list or a quote.
_SENTENCE_END = re.compile(r"[.!?](?=\s|[\"'\u201d*)]|$)|\n(?=\s*(?:\n|[-*+>#|!=]|\d+[.)] ))|\Z")
_CERTIFIES = re.compile(r"\b(?:certifi|licens|credential)", re.IGNORECASE)
_CLAIM = re.compile(
    r"\b(?:you|your|i|my|we|our|trainees?|graduates?|course|certificate|training|exam|who)\b"
    r"[^.!?;]{0,90}?\b(?:certified|certifies|certification|credentialed|credential|licensed?)\b"
    r"|\b(?:become|becoming|get|getting|is|are|am) (?:a )?certified\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"\b(?:not|never|no|nor|neither|cannot|without|nobody|only|other|others|another|someone else|"
    r"separate|whether|different|differs?|ask|asks|board|boards|state|states)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
# What is said of somebody else's license is no claim of this course.
_OTHERS = re.compile(
    r"\blicensed (?:therap|counsel|clinic|prescri|profess|social|psych|nurs|doctor|provider)",
    re.IGNORECASE,
)
# A stem that is quick to look for, the words that it begins or ends, and what to write instead.
_HURTFUL = (
    ("addict", r"addicts?", "a person with a substance use disorder"),
    ("alcoholic", r"alcoholics?(?! anonymous)", "a person with an alcohol use disorder"),
    ("junkie", r"junkies?", "a person who uses drugs"),
    ("druggie", r"druggies?", "a person who uses drugs"),
    ("drunks", r"drunks", "people who drink"),
    ("abuse", r"(?:drug|substance|alcohol) abusers?", "a person with a substance use disorder"),
    ("abuse", r"(?:drug|alcohol) abuse", "substance use"),
    ("schizophrenic", r"schizophrenics?", "a person with schizophrenia"),
    ("psychotics", r"psychotics", "people with psychosis"),
    ("bipolars", r"bipolars", "people with bipolar disorder"),
    ("mentally ill", r"the mentally ill", "people with mental health conditions"),
    ("mental patient", r"mental patients?", "people in treatment"),
    ("suicide", r"commit(?:s|ted|ting)? suicide", "a person who died by suicide"),
    ("suicide", r"(?:un)?successful suicides?|failed suicides?", "a death, or an attempt"),
    ("suffer", r"suffer(?:s|ing|ed)? from", "a person who lives with it"),
    ("crazy", r"crazy", "what the person says or does"),
    ("insane", r"insane", "what the person says or does"),
    ("lunatic", r"lunatics?", "a person"),
    ("wheelchair", r"wheelchair-bound|confined to a wheelchair", "a person who uses one"),
    ("complian", r"non-?compliant", "what the person wants, or what got in the way"),
    ("clean", r"(?:got|getting|stay|stayed|staying) clean", "not using, or being in recovery"),
)
# A wrapped line may part the words.
_HURTS = tuple(
    (
        stem,
        re.compile(
            rf"(?<![\w\"\u201c*'-])(?:{words})(?![\w\"\u201d*'-])".replace(" ", r"\s+"),
            re.IGNORECASE,
        ),
        instead,
    )
    for stem, words, instead in _HURTFUL
)
_CERTIFYING = ("certif", "licens", "credential")
_ADVISES = re.compile(
    r"\b(?:instead of|rather than|avoid|do not (?:say|use|call|write)|words? (?:like|such as))\b",
    re.IGNORECASE,
)
# Wrong choices show what people wrongly say; what they say is not what the course says.
_WRONG_CHOICE = re.compile(r"\s*[-*+] +(?:\( \)|\[ \])")
_FAR = 600


def findings(lines: Sequence[Line]) -> Iterator[tuple[Place, str, str]]:
    """Yield the place, code and message of everything in a file that should be said otherwise."""
    # Looking for a few letters is quick; most files hold none of them.
    whole = joined(lines).lower()
    hurts = [(words, instead) for stem, words, instead in _HURTS if stem in whole]
    if not hurts and not any(stem in whole for stem in _CERTIFYING):
        return
    own = _own_words(lines)
    ruler = Ruler(own)
    text = joined(own)
    for found in _CERTIFIES.finditer(text):
        sentence = _OTHERS.sub("", _sentence(text, found.start()))
        claims = _CLAIM.search(sentence) and not _DENIAL.search(sentence)
        if claims and not sentence.rstrip().endswith("?"):
            message = (
                "this may be read as a claim that the course certifies or licenses people. "
                "Say what it does: it gives a certificate of completion."
            )
            yield ruler.place(found.start()), "certification-claim", message
    for words, instead in hurts:
        for found in words.finditer(text):
            if not _ADVISES.search(_sentence(text, found.start())):
                message = f'"{" ".join(found.group().split())}" can hurt. Write of {instead}.'
                yield ruler.place(found.start()), "stigma", message


def _sentence(text: str, at: int) -> str:
    """Return the sentence around this offset."""
    begin = 0
    for end in _SENTENCE_END.finditer(text, max(0, at - _FAR)):
        if end.start() >= at:
            return text[max(begin, at - _FAR) : end.end()]
        begin = end.end()
    return text[max(begin, at - _FAR) :]


def _own_words(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with code and wrong choices left blank."""
    code = coded(lines)
    own = []
    skipping = False
    for at, line in enumerate(lines):
        if _WRONG_CHOICE.match(line.text):
            skipping = True
        elif skipping and (line.blank or not line.indent or re.match(r"\s*[-*+] ", line.text)):
            skipping = line.blank
        hidden = at in code or skipping
        own.append(Line(text="", number=line.number) if hidden else line)
    return own
