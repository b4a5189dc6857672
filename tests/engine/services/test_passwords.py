"""How passwords are kept, and which are good enough."""

from __future__ import annotations

import math
import string
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.accounts.passwords import MOST, Passwords, check_new_password, issue_password
from engine.errors import (
    BadValue,
    PasswordIsName,
    PasswordTooCommon,
    PasswordTooLong,
    PasswordTooShort,
)
from tests.engine.services.house import COST, PEPPER

PASSWORDS = Passwords(PEPPER, COST)
LEAST = 15
NAMES = ("jsmith.the.elder", "Demo Telecom & Sons", "Aastra 5000 Enterprise")

EVERY_SCRIPT = (
    "ελληνικά γράμματα",
    "русские буквы тоже",
    "עברית מימין לשמאל",
    "العربية من اليمين",
    "देवनागरी लिपि में लिखा",
    "これはとても長いパスワードです",
    "한국어로 된 아주 긴 비밀번호",
    "🔑🐎🔋📎🌍🎷🧭🪴🛶🎻🧵🥝🪶🛎🧊",
    "spaces   and\ttabs count",
)


def test_a_stolen_store_is_worth_nothing_without_the_pepper() -> None:
    kept = PASSWORDS.hash("a good long password")
    assert PASSWORDS.verify("a good long password", kept)
    assert not Passwords(bytes(32), COST).verify("a good long password", kept)


def test_the_same_password_is_kept_differently_each_time() -> None:
    kept = {PASSWORDS.hash("a good long password") for _ in range(5)}
    assert len(kept) == 5
    assert not any("good" in each for each in kept)


def test_nobody_and_another_scheme_compare_to_false() -> None:
    assert not PASSWORDS.verify("a good long password", None)
    plain = PASSWORDS.hash("a good long password").removeprefix("kp1$")
    assert not PASSWORDS.verify("a good long password", plain)


@pytest.mark.parametrize("password", [*EVERY_SCRIPT, "é" * 40, "x" * MOST, "ﬁ ligature stays"])
def test_composed_or_not_it_is_the_same_password(password: str) -> None:
    kept = PASSWORDS.hash(unicodedata.normalize("NFC", password))
    assert PASSWORDS.verify(unicodedata.normalize("NFD", password), kept)
    assert not PASSWORDS.verify(password + "x", kept)


def test_what_only_looks_alike_is_another_password() -> None:
    kept = PASSWORDS.hash("a ﬁne long password")
    assert not PASSWORDS.verify("a fine long password", kept)


@pytest.mark.parametrize("at", [72, 100, MOST - 1])
def test_characters_past_the_72nd_count(at: int) -> None:
    password = "".join(string.ascii_letters[i % 52] for i in range(MOST))
    kept = PASSWORDS.hash(password)
    assert PASSWORDS.verify(password, kept)
    assert not PASSWORDS.verify(password[:at] + "!" + password[at + 1 :], kept)


def test_a_text_that_is_none_is_not_another_one() -> None:
    kept = PASSWORDS.hash("question marks ?????")
    assert not PASSWORDS.verify("question marks \ud800\ud801\udc80\udfff?", kept)


def test_a_megabyte_of_accents_is_refused_at_once() -> None:
    text = "e" + "\u0316\u0301" * 500_000
    kept = PASSWORDS.hash("a good long password")
    began = time.process_time()
    assert not PASSWORDS.verify(text, kept)
    with pytest.raises(PasswordTooLong):
        check_new_password(text, LEAST, NAMES)
    assert time.process_time() - began < 1  # composing it would take minutes


def test_only_a_lower_cost_is_outdated() -> None:
    assert not PASSWORDS.outdated(PASSWORDS.hash("a good long password"))
    assert Passwords(PEPPER, COST + 1).outdated(PASSWORDS.hash("a good long password"))


@pytest.mark.parametrize(
    "password",
    [
        *(each[:MOST].ljust(LEAST, ".") for each in EVERY_SCRIPT),
        "correct horse battery",
        "fifteen chars!!",
        "x9" * 60 + " unlike",
        "no rules on composition",
        " leading and trailing ",
        "my keycode portal, too",
        "iloveyou, said the horse",
        "football in the sunshine",
        "demo without telecom",
    ],
)
def test_good_passwords(password: str) -> None:
    check_new_password(password, LEAST, NAMES)


@pytest.mark.parametrize(
    ("password", "error"),
    [
        ("", PasswordTooShort),
        ("fourteen chars", PasswordTooShort),
        ("e\u0301" * 14, PasswordTooShort),  # 28 code points, 14 characters
        ("x1y2z3" * 21 + "abc", PasswordTooLong),
        ("JSMITH.the.ELDER", PasswordIsName),
        (" demo  telecom & sons ", PasswordIsName),
        ("aastra 5000 enterprise", PasswordIsName),
        ("aaaaaaaaaaaaaaa", PasswordTooCommon),
        (" " * 20, PasswordTooCommon),
        ("abababababababab", PasswordTooCommon),
        ("passwordpassword", PasswordTooCommon),
        ("secret!secret!secret!", PasswordTooCommon),
        ("1q2w3e4r5t6y7u8i9o0p", PasswordTooCommon),
        ("123456789987654321", PasswordTooCommon),
        ("1Q2W3E4R5T6Y7U8I9O0P", PasswordTooCommon),
        ("123456789012345", PasswordTooCommon),
        ("098765432109876", PasswordTooCommon),
        ("abcdefghijklmno", PasswordTooCommon),
        ("zyxwvutsrqponml", PasswordTooCommon),
        ("QWERTYUIOPASDFG", PasswordTooCommon),
        ("azertyuiopqsdfg", PasswordTooCommon),
        # Repeated, or with digits and signs around
        ("passwordpassword1", PasswordTooCommon),
        ("Passw0rd!Passw0rd!", PasswordTooCommon),
        ("Password20262026", PasswordTooCommon),
        ("2026-iloveyou-iloveyou", PasswordTooCommon),
        ("1234567 Sunshine 89", PasswordTooCommon),
        ("JSmith.the.elder2026", PasswordIsName),
        ("jsmith jsmith jsmith", PasswordIsName),
        ("DemoTelecom2026!", PasswordIsName),
        ("De\u0301mo-Te\u0301le\u0301com-2026", PasswordIsName),
        ("telecom jsmith 2026", PasswordIsName),
        ("Aastra5000Aastra5000", PasswordIsName),
        ("keycodeportal2026", PasswordIsName),
    ],
)
def test_weak_passwords(password: str, error: type[BadValue]) -> None:
    with pytest.raises(error):
        check_new_password(password, LEAST, NAMES)


@pytest.mark.parametrize("password", ["password", "iloveyou", "12345678", "football"])
def test_common_passwords_where_eight_are_enough(password: str) -> None:
    with pytest.raises(PasswordTooCommon):
        check_new_password(password, 8, NAMES)


def test_the_length_is_counted_in_characters_and_said() -> None:
    with pytest.raises(PasswordTooShort) as short:
        check_new_password("e\u0301" * 14, LEAST, NAMES)
    assert (short.value.length, short.value.least) == (14, 15)
    with pytest.raises(PasswordTooLong) as long:
        check_new_password("abcdefg hijklmnop" * 8, LEAST, NAMES)
    assert (long.value.length, long.value.most) == (136, 128)


@given(st.text(max_size=600))
def test_any_text_is_good_or_refused(password: str) -> None:
    try:
        check_new_password(password, LEAST, NAMES)
    except BadValue:
        return
    assert LEAST <= len(unicodedata.normalize("NFC", password)) <= MOST


def test_issued_passwords_have_a_hundred_bits() -> None:
    issued = [issue_password() for _ in range(2000)]
    drawn = "".join(issued).replace("-", "")
    alphabet = set(drawn)
    assert len(drawn) / len(issued) * math.log2(len(alphabet)) >= 100
    assert len(set(issued)) == len(issued)
    assert not alphabet & set("0O1lIi")  # read out, they are taken for each other
    # Each place is drawn from the whole alphabet, evenly: 48,000 characters, ± 6 deviations.
    mean = len(drawn) / len(alphabet)
    assert all(abs(drawn.count(each) - mean) < 6 * math.sqrt(mean) for each in alphabet)
    for each in issued[:50]:
        check_new_password(each, LEAST, NAMES)
