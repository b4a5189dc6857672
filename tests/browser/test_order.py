"""The portal in a real browser: the page is opened and the guide's order placed by keyboard."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from tests.browser.chromium import browsing
from tests.support.guide import BODY, REFERENCE
from tests.support.installation import Installation
from tests.support.operator import Operator
from tests.web.served import serving


def test_the_guides_order(installation: Installation, tmp_path: Path, artefacts: Path) -> None:
    with serving(installation) as served, browsing(served, tmp_path / "profile") as page:
        operator = Operator(page)
        operator.logs_in()
        operator.goes_to_validation()
        operator.confirms()
        page.wait_for(lambda: BODY in page.text.replace(" ", ""))
        (artefacts / "order-in-browser.png").write_bytes(page.picture())
        assert {urlsplit(address).hostname for address in page.requested} == {"127.0.0.1"}
        assert any(address.startswith("ws:") for address in page.requested)
        operator.logs_out()
    assert installation.done("search", "--reference", REFERENCE).out
