"""Companies, users and drafts: one suite, every store."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest
from msgspec.structs import replace

from engine.accounts.people import Role, User
from engine.audit import EventName
from engine.errors import CompanyUnknown, NameTaken, NotAllowed, UserUnknown
from engine.ports import KeptDraft, Store
from tests.contract.values import BEGIN, company, draft, user


def test_companies_come_by_name(store: Store) -> None:
    for company_id, name in (("c1", "zebra"), ("c2", "Älpha"), ("c3", "Beta")):
        store.add_company(company(company_id, name))
    assert [each.name for each in store.companies()] == ["Beta", "zebra", "Älpha"]
    assert store.companies()[0] == company("c3", "Beta")


@pytest.mark.parametrize("same", ["Reseller One", "reseller one", "  RESELLER   ONE "])
def test_a_company_name_is_taken_once(store: Store, same: str) -> None:
    store.add_company(company())
    with pytest.raises(NameTaken) as caught:
        store.add_company(company("c2", same))
    assert caught.value.kind == "company"
    assert store.companies() == [company()]


def test_users_come_by_company_and_login(store: Store) -> None:
    store.add_company(company("c1", "Second"))
    store.add_company(company("c2", "First"))
    for login, company_id in (("bob", "c1"), ("Al", "c1"), ("zoe", "c2")):
        store.add_user(user(login, company_id))
    assert [each.login for each in store.users()] == ["zoe", "Al", "bob"]


def test_a_login_is_taken_once_in_a_company(store: Store) -> None:
    store.add_user(user("jsmith"))
    with pytest.raises(NameTaken) as caught:
        store.add_user(user("JSmith"))
    assert (caught.value.kind, caught.value.name) == ("user", "JSmith")
    store.add_user(user("jsmith", "c2"))
    assert len(store.users()) == 2


@pytest.mark.parametrize("typed", ["jsmith", "JSMITH", " jsmith "])
def test_a_user_is_found_however_the_login_is_typed(store: Store, typed: str) -> None:
    store.add_user(user())
    assert store.user("c1", typed) == user()
    assert store.user("c2", typed) is None


def test_a_change_is_kept_and_answered(store: Store) -> None:
    store.add_user(user())

    def disable(found: User) -> User:
        assert found == user()
        return msgspec.structs.replace(found, disabled=True, role=Role.AUDITOR, not_before=BEGIN)

    changed = store.change_user("c1", "JSMITH", disable)
    assert changed.disabled
    assert store.user("c1", "jsmith") == changed


def test_a_refused_change_changes_nothing(store: Store) -> None:
    store.add_user(user())

    def refuse(_: User) -> User:
        raise NotAllowed(right="order")

    with pytest.raises(NotAllowed):
        store.change_user("c1", "jsmith", refuse)
    assert store.users() == [user()]


def test_a_user_keeps_company_and_login(store: Store) -> None:
    store.add_user(user())
    with pytest.raises(ValueError, match="keeps"):
        store.change_user("c1", "jsmith", lambda _: user("another"))
    assert store.users() == [user()]


def test_an_unknown_user_cannot_be_changed(store: Store) -> None:
    with pytest.raises(UserUnknown) as caught:
        store.change_user("c1", "jsmith", lambda found: found)
    assert (caught.value.company, caught.value.login) == ("c1", "jsmith")


def test_a_draft_is_kept_replaced_and_dropped(store: Store) -> None:
    assert store.drafts("c1", "jsmith") == []
    store.keep_draft("c1", "jsmith", draft())
    assert store.drafts("c1", "JSmith") == [draft()]
    store.keep_draft("c1", "jsmith", draft(quantities={}))
    assert store.drafts("c1", "jsmith") == [draft(quantities={})]
    store.drop_draft("c1", "jsmith", "another")
    assert store.drafts("c1", "jsmith") == [draft(quantities={})]
    store.drop_draft("c1", "jsmith", draft().draft_id)
    assert store.drafts("c1", "jsmith") == []
    store.drop_draft("c1", "jsmith", draft().draft_id)


def test_a_user_has_as_many_drafts_as_he_began(store: Store) -> None:
    for each in ("d1", "d2", "d3"):
        store.keep_draft("c1", "jsmith", draft(each))
    store.drop_draft("c1", "jsmith", "d2")
    found = store.drafts("c1", "jsmith")
    assert sorted(found, key=lambda each: each.draft_id) == [draft("d1"), draft("d3")]


def test_each_user_has_drafts_of_his_own(store: Store) -> None:
    for number, (company_id, login) in enumerate([("c1", "a"), ("c1", "b"), ("c2", "a")]):
        store.keep_draft(company_id, login, draft(f"d{number}"))
    store.drop_draft("c1", "b", "d0")
    store.drop_draft("c1", "b", "d1")
    assert store.drafts("c1", "a") == [draft("d0")]
    assert store.drafts("c1", "b") == []
    assert store.drafts("c2", "a") == [draft("d2")]


def test_the_drafts_of_all_users_are_found(store: Store) -> None:
    for login in ("anna", "jsmith"):
        store.add_user(user(login=login))
    for login, each in (("anna", "d1"), ("anna", "d2"), ("jsmith", "d3")):
        store.keep_draft("c1", login, draft(each))
    assert sorted(store.all_drafts(), key=lambda kept: kept.draft.draft_id) == [
        KeptDraft("c1", "anna", draft("d1")),
        KeptDraft("c1", "anna", draft("d2")),
        KeptDraft("c1", "jsmith", draft("d3")),
    ]


def test_the_audit_log_keeps_lines_in_order(store: Store) -> None:
    store.record(EventName.SIGN_IN, "c1/jsmith")
    store.record(EventName.USER_ADD, "unix:desk", user="c1/bob", role="order")
    lines = list(store.events())
    assert [(each.event, each.who) for each in lines] == [
        ("sign-in", "c1/jsmith"),
        ("user-add", "unix:desk"),
    ]
    assert lines[1].details == {"user": "c1/bob", "role": "order"}
    assert list(store.events(since=lines[1].at)) == lines[1:]


def test_the_audit_log_is_followed(store: Store) -> None:
    store.record(EventName.SIGN_IN, "c1/jsmith")
    log = store.follow()
    assert [next(log), next(log), next(log)] == [*store.events(), None, None]
    store.record(EventName.SIGN_OUT, "c1/jsmith")
    store.record(EventName.USER_ADD, "unix:desk", user="c1/bob", role="order")
    came = [next(log), next(log), next(log)]
    assert came == [*list(store.events())[1:], None]


def test_a_company_is_changed_and_keeps_its_id_and_its_name(store: Store) -> None:
    store.add_company(company())
    after = store.change_company("reseller  ONE", lambda found: replace(found, discount=Decimal(5)))
    assert after == replace(company(), discount=Decimal(5))
    assert store.company_named("Reseller One") == after
    assert store.companies() == [after]
    for change in (
        lambda found: replace(found, name="Two"),
        lambda found: replace(found, company_id="c2"),
    ):
        with pytest.raises(ValueError, match="keeps"):
            store.change_company("Reseller One", change)
    with pytest.raises(CompanyUnknown):
        store.change_company("Nobody", lambda found: found)
