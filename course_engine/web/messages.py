"""Requests and answers, where Flask's own take a longer way to the same for every page."""

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Request as FlaskRequest
from flask import Response as FlaskResponse
from werkzeug.datastructures import Headers, ImmutableMultiDict
from werkzeug.sansio.http import parse_cookie
from werkzeug.utils import cached_property

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

LARGEST = 2 * 1024 * 1024
MOST_FIELDS = 2000


class Request(FlaskRequest):
    """A request with the limits of this site, which Flask would look up in the app each time."""

    max_content_length = LARGEST
    max_form_memory_size = LARGEST
    max_form_parts = MOST_FIELDS

    @cached_property
    def cookies(self) -> ImmutableMultiDict[str, str]:
        """Return the cookies: the server hands them over as one line, so no other is read."""
        line = self.environ.get("HTTP_COOKIE", "")
        return parse_cookie(line, cls=ImmutableMultiDict)  # type: ignore[return-value]


class Response(FlaskResponse):
    """An answer that is sent once."""

    def get_wsgi_headers(self, environ: "WSGIEnvironment") -> Headers:
        """Return the headers as they are sent; those of a page are complete and not copied."""
        if self.status_code == HTTPStatus.OK and "Content-Length" in self.headers:
            return self.headers
        return super().get_wsgi_headers(environ)
