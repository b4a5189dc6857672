"""A mistake of the program: it ends, says what to do, and tells nobody's password."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.guide import COMPANY, LOGIN
from tests.support.installation import Installation
from tests.support.terminal import Terminal

CANARY = "canary-7f3d-sings"
BROKEN = {
    "a service, in a thread": """
        from engine.services.signing_in import SigningIn
        def broken(self, company, login, password):
            raise RuntimeError(f"mistake with {password}")
        SigningIn.sign_in = broken
    """,
    "a screen, on the event loop": """
        from engine.services.signing_in import SigningIn
        def broken(self, company, login, password):
            return (password, password)
        SigningIn.sign_in = broken
    """,
    "the visit that begins": """
        from tui.visit.visit import Visit
        from engine.services.signing_in import SigningIn
        typed = []
        sign_in = SigningIn.sign_in
        def remember(self, company, login, password):
            typed.append(password)
            return sign_in(self, company, login, "demonstration only")
        def broken(self, session, user):
            raise KeyError(typed[0])
        SigningIn.sign_in = remember
        Visit.begin = broken
    """,
}


def everything_under(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def told_to_others(terminal: Terminal) -> bytes:
    process = Path("/proc") / str(terminal.process.pid)
    return (process / "environ").read_bytes() + (process / "cmdline").read_bytes()


@pytest.mark.parametrize("where", BROKEN)
def test_a_mistake_ends_the_portal_and_keeps_the_password(
    installation: Installation, where: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    broken = tmp_path_factory.mktemp("broken")
    (broken / "sitecustomize.py").write_text(unindented(BROKEN[where]))
    with installation.open(PYTHONPATH=f"{broken}") as terminal:
        terminal.wait_for("Company name")
        terminal.press(COMPANY, "enter", LOGIN, "enter", CANARY)
        terminal.wait_for("••••")
        assert CANARY.encode() not in told_to_others(terminal)
        terminal.press("enter")
        assert terminal.wait_for_end() == 70
        assert terminal.terminal_attributes() == terminal.attributes
        said = terminal.output.decode()
        assert "The portal has stopped after an internal error." in said
        assert "Please send this file" in said
        assert "Traceback" not in said
        assert CANARY not in said
    (log,) = (installation.folder / "state" / "keycode-portal").iterdir()
    assert log.stat().st_mode & 0o077 == 0
    assert " in " in log.read_text()  # the places in the code
    assert CANARY.encode() not in everything_under(installation.folder)


def unindented(text: str) -> str:
    return "\n".join(line.removeprefix("        ") for line in text.splitlines())
