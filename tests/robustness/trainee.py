"""A trainee who works over plain HTTP, and remembers what the server said it had saved."""

import html
import json
import re
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from typing import NamedTuple, Self
from urllib.parse import urlencode

from tests.servers import PASSWORD, Server

COURSE = "/courses/first-steps"
LESSON = f"{COURSE}/hello/listening"
QUIZ = f"{COURSE}/quizzes/hello"


class Answer(NamedTuple):
    """What came back for one request."""

    status: int
    location: str
    body: str


class Unanswered(Exception):
    """The server went away before it answered."""


class Trainee:
    """Somebody signed in, with their cookies and the token of their forms."""

    def __init__(self, server: Server, email: str) -> None:
        self.server = server
        self.email = email
        self.token = ""
        self.cookies: dict[str, str] = {}

    def sign_in(self) -> None:
        """Sign in and begin the sample course."""
        self.token = self._token(self.get("/sign-in").body)
        answer = self.post("/sign-in", {"email": self.email, "password": PASSWORD})
        assert answer.status == 303, answer
        self.token = self._token(self.get(COURSE).body)
        assert self.post(COURSE).status == 303

    def at(self, server: Server) -> Self:
        """Return the same person, signed in as here, at another server of the site."""
        other = type(self)(server, self.email)
        other.token, other.cookies = self.token, dict(self.cookies)
        return other

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path, None, "text/html")

    def post(self, path: str, fields: dict[str, str] | None = None) -> Answer:
        """Send a form, as a browser does."""
        return self._ask("POST", path, fields or {}, "text/html")

    def send(self, path: str, fields: dict[str, str]) -> Answer:
        """Send a form as the script does."""
        return self._ask("POST", path, fields, "application/json")

    def save(self, path: str, fields: dict[str, str]) -> bool:
        """Send a form as the script does; say whether the server says that it is saved."""
        answer = self.send(path, fields)
        return answer.status == 200 and bool(json.loads(answer.body)["saved_at_text"])

    def start(self) -> int:
        """Begin the quiz, or go on with the open attempt; return its number in addresses."""
        answer = self.post(QUIZ)
        assert answer.status == 303, answer
        return int(answer.location.rpartition("/")[2])

    def prompt(self) -> str:
        """Return the address that saves the reflection of the first lesson."""
        found = re.search(rf'action="({LESSON}/reflections/[^"]+)"', self.get(LESSON).body)
        assert found
        return found[1]

    def _ask(self, method: str, path: str, fields: dict[str, str] | None, wanted: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        headers = {
            "Accept": wanted,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        body = None
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode({"csrf_token": self.token, **fields})
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
        except (OSError, HTTPException) as error:
            raise Unanswered from error
        finally:
            connection.close()
        for line in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        return Answer(response.status, response.headers.get("Location", ""), text)

    def _token(self, page: str) -> str:
        found = re.search(r'name="csrf_token"\s+value="([^"]+)"', page)
        assert found, page
        return html.unescape(found[1])
