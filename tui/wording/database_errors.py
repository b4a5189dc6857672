"""What to say when there is no database server to work with."""

from __future__ import annotations

from engine.errors import StoreUnreachable, Unreachable
from tui.wording.error_sentences import sentence_of
from tui.wording.stored_text import clipped
from tui.wording.translation import N_, _

UNREACHABLE: dict[Unreachable, str] = {
    Unreachable.NO_SERVER: N_(
        "No database server answers (“{path}”). Nothing was changed; try again in a moment."
    ),
    Unreachable.STANDBY: N_(
        "Only a standby answers (“{path}”), which takes no changes. Nothing was changed; try again"
        " in a moment."
    ),
    Unreachable.STARTING: N_(
        "The database server is starting or stopping (“{path}”). Nothing was changed; try again in"
        " a moment."
    ),
    Unreachable.FULL: N_(
        "The database server has no connection left (“{path}”). Nothing was changed; try again in"
        " a moment."
    ),
    Unreachable.PASSWORD: N_(
        "The database server does not let the portal in (“{path}”): look at PGPASSFILE here and"
        " pg_hba.conf there."
    ),
    Unreachable.CERTIFICATE: N_(
        "The database server's certificate is not accepted (“{path}”): look at sslmode and"
        " sslrootcert."
    ),
    Unreachable.SERVICE: N_(
        "pg_service.conf has no such service (“{path}”): look at the file and at PGSERVICEFILE."
    ),
    Unreachable.DRIVER: N_(
        "The store is a database (“{path}”): install its driver, `pip install"
        " 'keycode-portal[postgresql]'`."
    ),
}


@sentence_of.register
def _unreachable(error: StoreUnreachable) -> str:
    return _(UNREACHABLE[error.reason]).format(path=clipped(error.path, 1000))
