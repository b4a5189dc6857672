"""Whatever is typed, asked or read: an answer, or one of the portal's own errors."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.catalogue.toml_files import CATALOGUE_FOLDER, load_catalogue, load_product
from engine.errors import PortalError, SignInRefused
from engine.ports import OrderQuery
from tests.engine.services.house import OWN, House
from tests.support.guide import SYSTEM

HOSTILE = (
    *("", " ", "\x00", "\ud800", "\udcff", "\x1b[2J", "\u202e", "../../etc/passwd", "' OR 1=1 --"),
    *("%s%n", "-", "-1", "None", "ß", "İ", "ﬀ", "a" * 100_000, "e" + "\u0316\u0301" * 5_000),
    *(SYSTEM, f"{SYSTEM}-0001", f"{SYSTEM}-٠٠٠١", OWN, "jsmith"),
)
any_text = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(codec=None), max_size=40))
# The house is only read here, so that one serves for all examples.
quietly = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@quietly
@given(any_text, any_text)
def test_any_search(each_house: House, one: str, other: str) -> None:
    session, searching = each_house.sign_in(), each_house.searching
    for search in (
        lambda: searching.by_equipment_id(session, one),
        lambda: searching.order(session, one),
        lambda: each_house.checking.check(session, one, other),
        lambda: each_house.checking.check(session, SYSTEM, one),
        lambda: searching.orders(session, OrderQuery(keycode=one), 5),
        lambda: searching.orders(session, OrderQuery(reference=one, licensee=other), 5),
        lambda: each_house.ordering.find_system(session, one),
        lambda: each_house.ordering.earlier_order(session, one),
    ):
        _answers(search)


@quietly
@given(any_text, any_text, st.dictionaries(any_text, any_text, max_size=4))
def test_any_draft(each_house: House, one: str, other: str, quantities: dict[str, str]) -> None:
    session, ordering = each_house.sign_in(), each_house.ordering
    for equipment_id in (SYSTEM, one):
        draft = each_house.draft(equipment_id, quantities=quantities, reference=one, licensee=other)
        _answers(partial(ordering.keep, session, draft))
        _answers(lambda: ordering.unfinished(session))
        _answers(partial(ordering.check, session, draft))


@quietly
@given(any_text, any_text, any_text)
def test_any_sign_in(each_house: House, company: str, login: str, password: str) -> None:
    with pytest.raises(SignInRefused):
        each_house.signing_in.sign_in(company, login, password)
    with pytest.raises(SignInRefused):
        each_house.signing_in.sign_in(OWN, login, password)


@quietly
@given(st.lists(any_text, min_size=5, max_size=5))
def test_any_account(house: House, texts: list[str]) -> None:
    desk = house.administration
    login, last, first, email, role = texts
    _answers(lambda: desk.company(login))
    _answers(lambda: desk.users(login))
    _answers(lambda: desk.set_role(OWN, "jsmith", role, "w"))
    _answers(lambda: desk.disable_user(login, last, "w"))
    _answers(
        lambda: desk.add_user(
            OWN, login, last_name=last, first_name=first, email=email, role=role, who="w"
        )
    )


VALUES = ("", "-1", "0", "1e400", "nan", "99999999999999999999", "true", '"\\u001b"', "[]", "{}")
WORDS = (*VALUES, '"on-off"', '"quantity"', '""', "1979-05-27", "[[item]]", "[body]", "9" * 5000)
FILES = sorted(CATALOGUE_FOLDER.glob("*.toml"))


@given(st.sampled_from(FILES), st.data())
def test_any_catalogue_with_a_slip(
    tmp_path_factory: pytest.TempPathFactory, shipped: Path, data: st.DataObject
) -> None:
    lines = shipped.read_text(encoding="utf-8").splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        key, equals, _ = lines[at].partition("=")
        word = data.draw(st.one_of(st.sampled_from(WORDS), st.text(max_size=9)))
        changed = (f"{key}= {word}", word, f"{lines[at]}\n{lines[at]}", "", re.sub(r"\d", "7", key))
        lines[at] = data.draw(st.sampled_from(changed if equals else changed[1:]))
    path = tmp_path_factory.getbasetemp() / "slip.toml"
    path.write_bytes("\n".join(lines).encode(errors="surrogatepass"))
    _answers(lambda: load_product(path))


@given(st.one_of(st.binary(max_size=200), st.text(max_size=100).map(str.encode)))
def test_any_bytes_as_a_catalogue(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.getbasetemp() / "catalogue"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "any.toml").write_bytes(data)
    with pytest.raises(PortalError):
        load_catalogue(folder)


def _answers(call: Callable[[], object]) -> None:
    try:
        call()
    except PortalError:
        pass
