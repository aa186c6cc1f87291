"""What a request says of itself: only a proxy that the settings name is believed."""

import http.client
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.servers import Server

pytestmark = [pytest.mark.slow]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("site"), arguments=("--workers", "1"))
    made.settle("ana@example.org")
    yield made.start()
    made.stop()


@pytest.mark.parametrize(
    ("name", "said"),
    [("X-Forwarded-Proto", "https"), ("X-Forwarded-Ssl", "on"), ("SCRIPT_NAME", "/elsewhere")],
)
def test_nobody_pretends_to_have_come_another_way(server: Server, name: str, said: str) -> None:
    line = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=30)
    line.request("GET", "/sign-in", headers={name: said})
    answer = line.getresponse()
    page = answer.read().decode()
    line.close()
    assert answer.status == 200
    assert "Sign in" in page
    assert "/elsewhere" not in page
    assert answer.getheader("Strict-Transport-Security") is None
