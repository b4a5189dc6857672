"""`serve`: the portal, or its kiosk, as a web page."""

from __future__ import annotations

import errno
import os
import signal
import sys
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, Namespace
from functools import partial
from ipaddress import ip_address
from pathlib import Path

from engine.assembly import open_demo, open_installation
from tui.commands.installation import WrongUse, settings_of
from tui.terminal.entrance import import_asyncio_without_tls
from tui.terminal.output import note, say
from tui.wording import reasons
from tui.wording.translation import _

REFUSED = 1
PORTS = range(1, 65536)
MOST_VISITORS = 1000
NEEDED = "keycode-portal[serve]"
HOME = str(Path(__file__).parents[2])
"""Where this program's `tui` and `engine` lie."""


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `serve`."""
    parser.add_argument(
        "--kiosk", action="store_true", help=_("serve the demonstration as a kiosk")
    )
    parser.add_argument(
        "--host",
        metavar=_("ADDRESS"),
        default="127.0.0.1",
        help=_("address to listen on (default: 127.0.0.1)"),
    )
    parser.add_argument(
        "--port",
        metavar=_("PORT"),
        type=_port,
        default=8000,
        help=_("port to listen on, 1 to 65535 (default: 8000)"),
    )
    parser.add_argument(
        "--limit",
        metavar=_("NUMBER"),
        type=_limit,
        default=8,
        help=_("at most NUMBER visitors, each with their own process (default: 8)"),
    )
    parser.add_argument(
        "--behind-proxy",
        metavar="URL",
        help=_("public address of the page at the proxy: https://..."),
    )
    parser.add_argument("--session", action="store_true", help=SUPPRESS)
    parser.set_defaults(run=serve)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:9]) in PORTS):
        raise ArgumentTypeError(_("a port is a whole number from 1 to 65535"))
    return int(text)


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) <= MOST_VISITORS):
        said = _("the limit is a whole number from 1 to {most}").format(most=MOST_VISITORS)
        raise ArgumentTypeError(said)
    return int(text)


def serve(arguments: Namespace) -> int:
    """Serve until SIGINT or SIGTERM; or be the process of one visitor (`--session`)."""
    if arguments.session:
        return _session(arguments)
    _must_be_guarded(arguments)
    try:
        from tui.web.addresses import origins_of
        from tui.web.server import PortalServer
    except ModuleNotFoundError as missing:
        if not (missing.name or "").startswith(("textual_serve", "aiohttp")):
            raise
        note(_("This needs textual-serve: pip install '{package}'").format(package=NEEDED))
        return REFUSED
    origins = origins_of(arguments.host, arguments.port, arguments.behind_proxy)
    if not origins:
        raise WrongUse(_("--behind-proxy takes an address such as https://portal.example.com/"))
    if not arguments.kiosk:  # what is wrong with the installation is said now
        open_installation(settings_of(arguments)).close()
    shown = arguments.behind_proxy or f"http://{_in_url(arguments.host)}:{arguments.port}/"
    ready = partial(say, _("The portal opens at {url} and ends with Ctrl+C.").format(url=shown))
    server = PortalServer(
        _session_words(arguments), origins=origins, limit=arguments.limit, kiosk=arguments.kiosk
    )
    try:
        server.serve(arguments.host, arguments.port, ready)
    except OSError as error:
        word = errno.errorcode.get(error.errno or 0, "")
        why = reasons.system_reason(word)
        text = _("Cannot listen on {host}, port {port}: {reason}.")
        note(text.format(host=arguments.host, port=arguments.port, reason=why))
        return REFUSED
    return 0


def _session_words(arguments: Namespace) -> list[str]:
    """What each visitor's process runs; `-P` keeps the current folder out of the modules' path.

    It finds this program before any other that has a `tui`.
    """
    os.environ["PYTHONPATH"] = os.pathsep.join([HOME, *filter(None, [os.getenv("PYTHONPATH")])])
    words = [sys.executable, "-P", "-m", "tui", "serve", "--session"]
    if arguments.kiosk:
        words.append("--kiosk")
    for name in ("store", "language"):
        if value := getattr(arguments, name):
            words += [f"--{name}", value]
    return words


def _session(arguments: Namespace) -> int:
    if sys.stdin.isatty() or sys.stdout.isatty():
        raise WrongUse(_("This is for the server of `serve`, not for a terminal."))
    # Ctrl+C in the terminal of the server is not meant for its visitors.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    # The terminal is the browser's, whatever the server itself was started in.
    os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
    for name in ("TMUX", "STY"):
        os.environ.pop(name, None)
    import_asyncio_without_tls()  # that is the server's
    from tui.web.driver import WebPortalDriver

    if arguments.kiosk:
        from tui.full_screen.kiosk import run_kiosk

        return run_kiosk(partial(open_demo, settings_of(arguments), files=False), WebPortalDriver)
    from tui.full_screen.running import run_app
    from tui.web.app import PageApp

    portal = open_installation(settings_of(arguments))
    try:
        return run_app(PageApp(portal, WebPortalDriver))
    finally:
        portal.close()


def _must_be_guarded(arguments: Namespace) -> None:
    """Raises `WrongUse` when other machines could come without a proxy in between."""
    if arguments.behind_proxy is None and not _is_loopback(arguments.host):
        raise WrongUse(_why_a_proxy(arguments.host))


def _why_a_proxy(host: str) -> str:
    return _(
        "{host} can be reached from other machines. Passwords would cross the network\n"
        "unencrypted, and anybody could start processes here. Put a proxy in front of the portal\n"
        "that speaks HTTPS and admits only people you know, and give its public address with\n"
        "--behind-proxy. Or leave --host out: the portal is then for this machine only."
    ).format(host=host)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
