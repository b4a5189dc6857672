"""SSH keys: one suite, every store."""

from __future__ import annotations

import pytest

from engine.audit import EventName
from engine.errors import SshKeyTaken, SshKeyUnknown
from engine.ports import Store
from tests.contract.values import company, ssh_key, user


def lines(store: Store) -> list[tuple[str, str, str]]:
    return [(each.event, each.who, each.details.get("user", "")) for each in store.events()]


def test_a_key_is_found_by_its_fingerprint(store: Store) -> None:
    store.add_company(company())
    store.add_user(user())
    store.add_ssh_key(ssh_key(), "desk")
    assert store.ssh_key(ssh_key().fingerprint) == ssh_key()
    assert store.ssh_key(ssh_key(2).fingerprint) is None
    assert lines(store) == [(EventName.SSH_KEY_ADD, "desk", "c1/jsmith")]


def test_keys_come_by_company_and_login(store: Store) -> None:
    for seed, login in ((1, "zoe"), (2, "al"), (3, "zoe")):
        store.add_ssh_key(ssh_key(seed, login), "desk")
    assert [key.login for key in store.ssh_keys()] == ["al", "zoe", "zoe"]


def test_a_key_is_somebodys_only_once(store: Store) -> None:
    store.add_ssh_key(ssh_key(), "desk")
    with pytest.raises(SshKeyTaken) as caught:
        store.add_ssh_key(ssh_key(login="bob"), "desk")
    assert caught.value.fingerprint == ssh_key().fingerprint
    assert [key.login for key in store.ssh_keys()] == ["jsmith"]
    assert len(lines(store)) == 1


def test_a_removed_key_is_gone_and_may_be_given_again(store: Store) -> None:
    store.add_ssh_key(ssh_key(), "desk")
    assert store.remove_ssh_key(ssh_key().fingerprint, "desk") == ssh_key()
    assert store.ssh_keys() == []
    assert store.ssh_key(ssh_key().fingerprint) is None
    with pytest.raises(SshKeyUnknown):
        store.remove_ssh_key(ssh_key().fingerprint, "desk")
    store.add_ssh_key(ssh_key(login="bob"), "desk")
    assert [event for event, _who, _user in lines(store)] == [
        EventName.SSH_KEY_ADD,
        EventName.SSH_KEY_REMOVE,
        EventName.SSH_KEY_ADD,
    ]


def test_there_are_none_at_first(store: Store) -> None:
    assert store.ssh_keys() == []
    with pytest.raises(SshKeyUnknown):
        store.remove_ssh_key("SHA256:none", "desk")
