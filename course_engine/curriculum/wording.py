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
_INSTEAD = {
    r"addicts?": "a person with a substance use disorder",
    r"alcoholics?(?! anonymous)": "a person with an alcohol use disorder",
    r"junkies?|crackheads?|druggies?|drunks": "a person who uses drugs or alcohol",
    r"(?:drug|substance|alcohol) abusers?": "a person with a substance use disorder",
    r"(?:drug|alcohol) abuse": "substance use",
    r"schizophrenics?|psychotics|borderlines|bipolars|anorexics": "a person with the condition",
    r"the mentally ill|mental patients?": "people with mental health conditions",
    r"commit(?:s|ted|ting)? suicide": "died by suicide, or ended their life",
    r"(?:failed|unsuccessful|successful) suicide(?: attempt)?": "a suicide attempt, or a death",
    r"suffer(?:s|ing|ed)? from": "lives with",
    r"crazy|insane|lunatics?|psychos?": "what the person says or does",
    r"wheelchair-bound|confined to a wheelchair": "uses a wheelchair",
    r"non-?compliant": "does not want, or could not follow",
    r"(?:was|is|got|getting|stay|stayed|staying) clean": "not using, or in recovery",
}
_HURTS = re.compile(
    r"(?<![\w\"\u201c*'-])(?:"
    + "|".join(f"(?P<w{at}>{words})" for at, words in enumerate(_INSTEAD))
    + r")(?![\w\"\u201d*'-])",
    re.IGNORECASE,
)
_REMEDIES = tuple(_INSTEAD.values())
_ADVISES = re.compile(
    r"\b(?:instead of|rather than|avoid|do not (?:say|use|call|write)|words? (?:like|such as))\b",
    re.IGNORECASE,
)
# Wrong choices show what people wrongly say; what they say is not what the course says.
_WRONG_CHOICE = re.compile(r"\s*[-*+] +(?:\( \)|\[ \])")
_FAR = 600


def findings(lines: Sequence[Line]) -> Iterator[tuple[Place, str, str]]:
    """Yield the place, code and message of everything in a file that should be said otherwise."""
    whole = joined(lines)
    if not _CERTIFIES.search(whole) and not _HURTS.search(whole):
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
    for found in _HURTS.finditer(text):
        if not _ADVISES.search(_sentence(text, found.start())):
            instead = _REMEDIES[int((found.lastgroup or "w0")[1:])]
            message = f'"{found.group()}" can hurt. Write of {instead}.'
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
