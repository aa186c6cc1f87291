"""What a person's browser would send, worked out once so that it can be sent many times."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from tests.bench.load import Line, Request, written
from tests.bench.seeding import QUESTIONS
from tests.bench.serving import Server

SESSION = "course_session"
_COOKIE = re.compile(r"(?mi)^Set-Cookie: ([^=]+)=([^;]*)")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An answer of the site: where it leads, what it sets, and its page."""

    head: str
    page: str

    @property
    def location(self) -> str:
        """The address of a redirect."""
        found = re.search(r"(?mi)^Location: (\S+)", self.head)
        assert found, self.head
        return urlsplit(found[1]).path

    def hidden(self, name: str) -> str:
        """Return the value of a hidden field."""
        found = re.search(rf'name="{re.escape(name)}"\s+value="([^"]*)"', self.page)
        assert found, name
        return found[1]


class Browser:
    """Somebody who is signed in at a server."""

    def __init__(self, server: Server, token: str) -> None:
        self._server = server
        self._line = Line()
        self._cookies = {SESSION: token}
        self.requests = 0

    def request(self, method: str, path: str, *, status: int = 200, **more: str) -> Request:
        """Write a request of this person out."""
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        content = written(self._server.address, method, path, cookies=cookies, **more)
        return Request(address=self._server.address, content=content, status=status)

    def ask(self, method: str, path: str, *, status: int = 200, **more: str) -> Answer:
        """Send a request, keep its cookies and return its answer."""
        self.requests += 1
        raw = self._line.ask(self.request(method, path, status=status, **more))
        head, _, body = raw.decode().partition("\r\n\r\n")
        self._cookies.update(_COOKIE.findall(head))
        return Answer(head=head, page=body)

    def token(self, page: str) -> str:
        """Return the token that this person's forms carry."""
        return self.ask("GET", page).hidden("csrf_token")

    def start(self, quiz: str, token: str) -> str:
        """Start an attempt, or go on with the open one; return its address."""
        return self.ask("POST", quiz, status=303, body=form(csrf_token=token)).location


def form(**fields: str) -> str:
    """Write a form out as a browser sends it."""
    return urlencode(fields)


def questions(sitting: Answer) -> dict[str, str]:
    """Return question -> what the page says it showed of it."""
    found = dict(re.findall(r'name="seen-([^"]+)"\s+value="([^"]*)"', sitting.page))
    assert len(found) == QUESTIONS, len(found)
    return found


def choice(sitting: Answer) -> str:
    """Return a question of which one option is chosen, so that the answer "1" is always saved."""
    found = re.search(r'type="radio"\s+name="q-([^"]+)"', sitting.page)
    assert found, "no question with one choice"
    return found[1]


def draft(question: str, seen: str, token: str) -> str:
    """Write one changed answer out, as the page's script sends it."""
    return form(csrf_token=token, **{f"seen-{question}": seen, f"q-{question}": "1"})


AS_SCRIPT = "Accept: application/json"
