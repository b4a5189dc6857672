"""The portal in a real browser: the page is opened and the guide's order placed by keyboard."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from tests.browser.chromium import browsing
from tests.support.guide import BODY, REFERENCE, SYSTEM
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


def test_its_text_is_downloaded(installation: Installation, tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    with serving(installation) as served, browsing(served, tmp_path / "profile") as page:
        page.ask("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder))
        operator = Operator(page)
        operator.logs_in()
        operator.goes_to_validation()
        operator.confirms()
        page.press("tab", "enter")
        operator.sees("Sent to your browser: {name}")
        page.wait_for(lambda: list(folder.glob("*.txt")))
        operator.logs_out()
    (path,) = folder.iterdir()
    assert path.name.startswith(f"{SYSTEM}-0002_")
    assert path.read_bytes() == installation.done("export", f"{SYSTEM}-0002").out.encode()
    assert list((installation.store / "export").iterdir()) == []
