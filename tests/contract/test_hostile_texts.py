"""Whatever text gets into a store comes out as it was: cleaning is not the store's work."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.licences.order import Address
from engine.ports import OrderQuery, Store
from tests.contract.values import ID, company, decide, draft, system, user

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


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_come_back_as_they_were(store: Store, text: str) -> None:
    store.add_systems([system()])
    address = Address(name=text, lines=(text, text, text), city=text, zip_code=text, country=text)
    placed = store.place(
        ID, text, decide(text, reference=text, licensee=text, address=address, placed_by=text)
    ).order
    assert (placed.reference, placed.address) == (text, address)
    now = store.system(ID)
    assert now is not None
    assert now.orders == (placed,)
    assert store.place(ID, text, decide("never asked")) == (placed, True)
    assert store.find_orders(OrderQuery(reference=text, licensee=text), 1) == [placed]
    store.add_company(company(name=text))
    assert store.companies() == [company(name=text)]
    hostile_user = msgspec.structs.replace(user(text), last_name=text, password=text)
    store.add_user(hostile_user)
    assert store.user("c1", text) == hostile_user
    store.keep_draft("c1", text, draft(text, quantities={text: text}, reference=text))
    assert store.drafts("c1", text) == [draft(text, quantities={text: text}, reference=text)]
    store.record(text, text, detail=text)
    assert [each.event for each in store.events()] == ["order", text]


# The store is new for each test, not for each text: a draft is replaced by the next.
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_any_text_comes_back_as_it_was(store: Store, text: str) -> None:
    store.keep_draft("c1", "jsmith", draft(reference=text))
    assert store.drafts("c1", "jsmith") == [draft(reference=text)]


def test_half_a_character_changes_nothing(store: Store) -> None:
    """Python reads bytes that are no UTF-8 from arguments as lone surrogates."""
    store.add_systems([system()])
    with pytest.raises(UnicodeEncodeError):
        store.place(ID, "d1", decide("d1", licensee="\udcff"))
    now = store.system(ID)
    assert now is not None
    assert now.orders == ()
