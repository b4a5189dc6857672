"""From the arguments to an exit status: language, command, errors."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from engine.errors import OrdersStopped, PortalError, SystemRefused, system_word
from engine.settings import LANGUAGES, PREFIX, likely_language
from tui.commands.installation import WrongUse, settings_of
from tui.terminal.output import OutputFailed, note, say_json, writing
from tui.wording import reasons, translation
from tui.wording.translation import _

if TYPE_CHECKING:  # imported where there is something to parse, or to name
    from argparse import Namespace

    from engine.catalogue.product import Catalogue

DONE, REFUSED, WRONG_USE, MISTAKE = 0, 1, 2, 70
INTERRUPTED = 130  # 128 + SIGINT, as a shell reports it
PIPE_CLOSED = 141  # 128 + SIGPIPE


def run(words: Sequence[str]) -> int:
    """Run what the words ask for and answer the exit status."""
    _soften(sys.stdout, sys.stderr)
    try:
        status = _run(words)
        with writing():
            sys.stdout.flush()
    except BrokenPipeError:
        _give_up_output()
        return PIPE_CLOSED
    except OutputFailed as failed:
        _give_up_output()
        word = reasons.system_reason(str(failed))
        note(_("The output could not be written: {reason}.").format(reason=word))
        return REFUSED
    except Exception as error:  # noqa: BLE001  # a mistake of the program: never shown as a traceback
        from tui.terminal.crash_report import report

        report(error)
        return MISTAKE
    return status


def _run(words: Sequence[str]) -> int:
    arguments = cast(
        "Namespace", SimpleNamespace(store=None, language=None, plain=False, json=False)
    )
    try:
        _speak_first()
        if opening := _opening(words):
            _choose_language(arguments)
            return opening(arguments)
        arguments = _parsed(words)
        run_command = arguments.run or _open_portal
        return int(run_command(arguments))
    except WrongUse as wrong:
        note(str(wrong))
        return WRONG_USE
    except translation.TranslationMissing as error:
        note(str(error))
        return REFUSED
    except BrokenPipeError:
        raise
    except (OSError, MemoryError) as error:
        _say_refused(_system_refused(error), as_json=arguments.json)
        return REFUSED
    except PortalError as error:
        _say_refused(error, as_json=arguments.json)
        interrupted = isinstance(error, OrdersStopped) and error.error is None
        return INTERRUPTED if interrupted else REFUSED


def _opening(words: Sequence[str]) -> Callable[[Namespace], int] | None:
    """What opens the portal where nothing has to be parsed: the login is there sooner."""
    return {(): _open_portal, ("demo",): _open_demo}.get(tuple(words))


def _open_portal(arguments: Namespace) -> int:
    from tui.commands.open_portal import open_portal

    return open_portal(arguments)


def _open_demo(arguments: Namespace) -> int:
    from tui.commands.open_portal import open_demo_portal

    return open_demo_portal(arguments)


def _parsed(words: Sequence[str]) -> Namespace:
    """The arguments; from here on their language is spoken. Ends the process on wrong use (2)."""
    from tui.commands.parser import parse_command, parse_globals, speak_to_argparse

    speak_to_argparse()
    chosen, rest = parse_globals(words)
    _choose_language(chosen)
    speak_to_argparse()
    arguments = parse_command(rest)
    arguments.store, arguments.language = chosen.store, chosen.language
    arguments.plain = chosen.plain
    return arguments


def _speak_first() -> None:
    """Until the arguments and the settings are read: what the environment asks for."""
    named = os.environ.get(f"{PREFIX}LANGUAGE")
    for language in LANGUAGES:
        if language == named:
            translation.set_language(language)


def _choose_language(chosen: Namespace) -> None:
    """That of the arguments, the environment or the installation; a wrong setting is reported
    by the command that needs the settings, and only there."""
    try:
        translation.set_language(settings_of(chosen).language)
    except (PortalError, OSError):
        store = Path(chosen.store) if chosen.store else None
        translation.set_language(chosen.language or likely_language(store, os.environ))


def _system_refused(error: OSError | MemoryError) -> SystemRefused:
    """For what only the machine can be in the way of: the last net, after every part of the
    portal has said what it knows."""
    if isinstance(error, MemoryError):
        return SystemRefused(path="", reason="ENOMEM")
    return SystemRefused(path=str(error.filename or ""), reason=system_word(error))


def _say_refused(error: PortalError, *, as_json: bool) -> None:
    from tui.wording.errors import details, sentence

    catalogue = _catalogue()
    note(sentence(error, catalogue), *(f"  {line}" for line in details(error, catalogue)))
    if as_json:
        say_json(_as_data(error, catalogue))


def _as_data(error: PortalError, catalogue: Catalogue | None) -> dict[str, Any]:
    """An error for scripts: its code, its sentence, and what it carries."""
    from tui.wording.errors import sentence

    return {
        "error": error.code,
        "message": sentence(error, catalogue),
        "data": {name: _plain(value, catalogue) for name, value in error.data.items()},
    }


def _plain(value: object, catalogue: Catalogue | None) -> Any:
    if isinstance(value, PortalError):
        return _as_data(value, catalogue)
    if hasattr(value, "_asdict"):
        return {name: _plain(part, catalogue) for name, part in value._asdict().items()}
    if isinstance(value, tuple):
        return [_plain(part, catalogue) for part in value]
    if isinstance(value, int | float | None):
        return value
    return str(value).encode("utf-8", "replace").decode()  # an argument may not be UTF-8


def _catalogue() -> Catalogue | None:
    """To name items and functions in a message; without it they have their part numbers."""
    from engine.catalogue.toml_files import CATALOGUE_FOLDER, load_catalogue

    try:
        return load_catalogue(CATALOGUE_FOLDER)
    except PortalError:
        return None


def _give_up_output() -> None:
    """Nothing more can be written, not even what is left at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _soften(*streams: Any) -> None:
    """What the terminal's character set does not have is written plainly, not an error."""
    codecs.register_error("plainly", _plainly)
    for stream in streams:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="plainly")


def _plainly(error: UnicodeError) -> tuple[str, int]:
    """The error handler: what stands for the characters that cannot be written."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    from tui.terminal.encoding import stand_in

    foreign = error.object[error.start : error.end]
    return "".join(map(stand_in, foreign)), error.end
