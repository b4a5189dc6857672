"""What an administrator can do for the people of his company, as questions that full screens and
plain mode share."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from engine.accounts.people import User
from engine.accounts.ssh_keys import SshKey
from engine.services.access import Session
from engine.services.people import ROLES, People
from tui.visit.questions import Answers, Question

LONGEST = 200
KEY, KNOWN_KEY, LONGEST_KEY = "ssh_key", "known_key", 4096
OWN_PASSWORD = Question("own_password", longest=LONGEST, secret=True)


class Deed(NamedTuple):
    """One of them, to one person."""

    name: str
    """`person-add`, …: what its words are found by."""
    of: str
    """The login; "" of somebody new."""
    questions: tuple[Question, ...]
    act: Callable[[Answers], str]
    """Do it; the password that was issued, or "". Raises what the service raises."""

    def login(self, answers: Answers) -> str:
        """Of whom it was done to."""
        return self.of or answers["login"]


def adding(people: People, session: Session) -> Deed:
    """Somebody new."""

    def add(answers: Answers) -> str:
        return people.add(
            session,
            answers["own_password"],
            answers["login"],
            last_name=answers["last_name"],
            first_name=answers["first_name"],
            email=answers["email"],
            role=answers["role"],
        )

    role = Question("role", ROLES[1].value, tuple(each.value for each in ROLES))
    return Deed("person-add", "", (Question("login"), *_details(), role, OWN_PASSWORD), add)


def deeds_for(people: People, session: Session, user: User) -> list[Deed]:
    """For somebody who is there, as far as it makes sense. Asks the store."""

    def edit(answers: Answers) -> str:
        people.edit(
            session,
            user.login,
            last_name=answers["last_name"],
            first_name=answers["first_name"],
            email=answers["email"],
        )
        return ""

    def set_role(answers: Answers) -> str:
        people.set_role(session, answers["own_password"], user.login, answers["role"])
        return ""

    def done(act: Callable[[Session, str], None]) -> Callable[[Answers], str]:
        def answered(_answers: Answers) -> str:
            act(session, user.login)
            return ""

        return answered

    role = Question("role", user.role.value, tuple(each.value for each in ROLES))
    found = [Deed("person-edit", user.login, _details(user), edit)]
    if user.login != session.login:
        found += [
            Deed("person-role", user.login, (role, OWN_PASSWORD), set_role),
            Deed(
                "person-issue",
                user.login,
                (OWN_PASSWORD,),
                lambda answers: people.issue(session, answers["own_password"], user.login),
            ),
            Deed("person-open", user.login, (), done(people.open))
            if user.disabled
            else Deed("person-close", user.login, (), done(people.close)),
        ]
    if user.role in ROLES:
        found += _deeds_with_keys(people, session, user)
    return [*found, Deed("person-sessions", user.login, (), done(people.end_sessions))]


def _deeds_with_keys(people: People, session: Session, user: User) -> list[Deed]:
    keys = {label_of(key): key.fingerprint for key in people.keys(session, user.login)}

    def add(answers: Answers) -> str:
        people.add_key(session, answers["own_password"], user.login, answers[KEY])
        return ""

    def remove(answers: Answers) -> str:
        people.remove_key(session, user.login, keys[answers[KNOWN_KEY]])
        return ""

    found = [
        Deed("person-key", user.login, (Question(KEY, longest=LONGEST_KEY), OWN_PASSWORD), add)
    ]
    if keys:
        known = Question(KNOWN_KEY, choices=tuple(keys))
        found.append(Deed("person-key-remove", user.login, (known,), remove))
    return found


def label_of(key: SshKey) -> str:
    """By which a key is chosen: the beginning of its fingerprint, and what its owner wrote."""
    return f"{key.fingerprint.removeprefix('SHA256:')[:12]} {key.comment}".strip()


def _details(user: User | None = None) -> tuple[Question, ...]:
    return (
        Question("first_name", user.first_name if user else "", longest=LONGEST),
        Question("last_name", user.last_name if user else "", longest=LONGEST),
        Question("email", user.email if user else "", longest=LONGEST),
    )
