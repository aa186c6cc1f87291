"""Answers that programs of other sites may read: public facts, kept for a while, never a secret."""

from flask import Response, make_response, request

JSON = "application/json"


def answer(content: bytes, media_type: str = JSON, *, seconds: int = 300) -> Response:
    """Answer with public bytes that may be kept for some seconds and read by any site."""
    response = make_response(content)
    response.content_type = media_type
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    readable_anywhere(response)
    response.add_etag()
    response.make_conditional(request)
    return response


def readable_anywhere(response: Response) -> Response:
    """Let scripts of any site read an answer that holds nothing about who asks."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
