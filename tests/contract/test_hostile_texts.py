"""Whatever gets into a store comes out as text: as it was, without what a terminal would obey."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.audit import EventName
from engine.licences.order import Address, Draft
from engine.ports import Store
from engine.safe_text import safe
from engine.store.rows import row_of, value_of
from tests.contract.values import ID, decide, draft, system, user

HOSTILE = [
    "",
    " ",
    "\x1b]52;c;aGVsbG8=\x07",
    "\x00\x01\x7f\x85\u009b31m",
    "\u202eabc\u2066",
    "[/b] [red]x[/] {name} %s $(id) `id`",
    "a\nb\r\n\tc\u2028d",
    '"},"seal":{"1":{"sha256":"' + "0" * 64 + '"}}}\n',
    "'; DROP TABLE orders; --",
    "../../etc/passwd",
    "é e\u0301 ﬁ İ ß 👩‍💻 \U0010ffff",
    "x" * 20_000,
]


def shown(text: str) -> str:
    return text if text.isprintable() else safe(text)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_come_back_as_text(store: Store, text: str) -> None:
    store.add_systems([msgspec.structs.replace(system(), model=text)])
    address = Address(name=text, lines=(text, text, text), city=text, zip_code=text, country=text)
    store.place(ID, "d", decide("d", reference=text, licensee=text, address=address))
    now = store.system(ID)
    assert now is not None
    placed, clean = now.orders[-1], shown(text)
    assert (now.model, placed.reference, placed.licensee) == (clean, clean, clean)
    assert placed.address == Address(
        name=clean, lines=(clean, clean, clean), city=clean, zip_code=clean, country=clean
    )
    assert store.place(ID, "d", decide("never asked")) == (placed, True)
    # Names of companies and logins are what documents are found by: services clean them before.
    store.add_user(msgspec.structs.replace(user(), last_name=text))
    found = store.user("c1", "jsmith")
    assert found is not None
    assert found.last_name == clean
    store.keep_draft("c1", text, draft("d", quantities={text: text}, reference=text))
    assert store.drafts("c1", text) == [draft("d", quantities={clean: clean}, reference=clean)]
    store.record(EventName.SIGN_IN, text, detail=text)
    assert [each.event for each in store.events()][:1] == ["order"]


# The store is new for each test, not for each text: a draft is replaced by the next.
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_any_text_comes_back_as_text(store: Store, text: str) -> None:
    store.keep_draft("c1", "jsmith", draft(reference=text))
    assert store.drafts("c1", "jsmith") == [draft(reference=shown(text))]


@given(st.text(st.characters(codec="utf-8"), max_size=10))
def test_the_quick_look_misses_nothing(text: str) -> None:
    """Whatever is left as it is has nothing in it that cannot be printed, but a no-break space."""
    kept = value_of(Draft, row_of(draft(reference=text)), "path").reference
    assert kept.replace("\xa0", " ").isprintable() or kept == safe(kept)


def test_half_a_character_changes_nothing(store: Store) -> None:
    """Python reads bytes that are no UTF-8 from arguments as lone surrogates."""
    store.add_systems([system()])
    with pytest.raises(UnicodeEncodeError):
        store.place(ID, "d1", decide("d1", licensee="\udcff"))
    now = store.system(ID)
    assert now is not None
    assert now.orders == ()
