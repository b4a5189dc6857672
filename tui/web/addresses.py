"""Under which addresses a browser may show the page."""

from __future__ import annotations

from yarl import URL


def origins_of(host: str, port: int, proxy: str | None) -> list[str]:
    """What a browser calls the origin of the page, in its own spelling: small letters, no port
    that goes without saying, and the letters of an international name as it sends them.

    Empty when `proxy`, the address that a proxy shows the page under, is no such address.
    """
    if proxy is None:
        hosts = {"127.0.0.1", "localhost", "::1", host}
        return [str(URL.build(scheme="http", host=each, port=port).origin()) for each in hosts]
    try:
        url = URL(proxy)
        named = url.scheme == "https" and bool(url.host) and url.user is None
        return [str(url.origin())] if named else []
    except ValueError:  # a port or a name that cannot be
        return []
