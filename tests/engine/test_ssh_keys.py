"""Reading the public half of an SSH key."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.accounts.ssh_keys import RSA_BITS, SSH_KEY_KINDS, parse_ssh_key
from engine.errors import SshKeyFault, SshKeyMalformed
from engine.safe_text import safe


def blob(*fields: bytes) -> str:
    joined = b"".join(len(field).to_bytes(4) + field for field in fields)
    return base64.b64encode(joined).decode()


def rsa(bits: int) -> str:
    return blob(b"ssh-rsa", b"\1\0\1", (1 << (bits - 1)).to_bytes(bits // 8 + 1))


ED25519 = f"ssh-ed25519 {blob(b'ssh-ed25519', bytes(32))}"
ANNA = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDXr2vYfJzkA8h2zq1cE9mB4r2yQmJk8v2mXoWZ1bS4c anna@desk"


def fault_of(text: str) -> SshKeyFault:
    with pytest.raises(SshKeyMalformed) as caught:
        parse_ssh_key(text)
    return caught.value.reason


def test_a_line_of_a_pub_file_is_a_key_with_its_comment() -> None:
    key = parse_ssh_key(f"# of a laptop\n\n  {ANNA}\r\n")
    assert (key.kind, key.comment) == ("ssh-ed25519", "anna@desk")
    assert key.fingerprint.startswith("SHA256:")
    assert len(key.fingerprint) == len("SHA256:") + 43


def test_every_kind_that_openssh_takes_is_taken() -> None:
    of_kind = {
        "ssh-ed25519": ED25519,
        "ssh-rsa": f"ssh-rsa {rsa(3072)}",
        "sk-ssh-ed25519@openssh.com": "sk-ssh-ed25519@openssh.com "
        + blob(b"sk-ssh-ed25519@openssh.com", bytes(32), b"ssh:"),
        "sk-ecdsa-sha2-nistp256@openssh.com": "sk-ecdsa-sha2-nistp256@openssh.com "
        + blob(b"sk-ecdsa-sha2-nistp256@openssh.com", b"nistp256", bytes(65), b"ssh:"),
    }
    for curve in ("nistp256", "nistp384", "nistp521"):
        kind = f"ecdsa-sha2-{curve}"
        of_kind[kind] = f"{kind} {blob(kind.encode(), curve.encode(), bytes(65))}"
    assert of_kind.keys() == set(SSH_KEY_KINDS)
    for kind, line in of_kind.items():
        assert parse_ssh_key(line).kind == kind


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", SshKeyFault.NONE),
        ("\n# nothing\n", SshKeyFault.NONE),
        (f"{ED25519}\n{ED25519}", SshKeyFault.MANY),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END", SshKeyFault.PRIVATE),
        (f'command="/bin/sh" {ED25519}', SshKeyFault.OPTIONS),
        (f"restrict,pty {ED25519}", SshKeyFault.OPTIONS),
        (f'environment="A= b" {ED25519}', SshKeyFault.OPTIONS),
        (f"ssh-dss {blob(b'ssh-dss', bytes(20))}", SshKeyFault.KIND),
        ("anna@desk", SshKeyFault.KIND),
        ("ssh-ed25519-cert-v01@openssh.com AAAA", SshKeyFault.KIND),
        ("ssh-ed25519", SshKeyFault.DAMAGED),
        ("ssh-ed25519 AAAA", SshKeyFault.DAMAGED),
        (ED25519[:-6], SshKeyFault.DAMAGED),
        (f"ssh-ed25519 {blob(b'ssh-rsa', bytes(32))}", SshKeyFault.DAMAGED),
        (f"ssh-ed25519 {blob(b'ssh-ed25519', bytes(31))}", SshKeyFault.DAMAGED),
        (f"ssh-ed25519 {blob(b'ssh-ed25519', bytes(32), b'x')}", SshKeyFault.DAMAGED),
        (f"ssh-rsa {rsa(RSA_BITS - 8)}", SshKeyFault.SHORT),
    ],
)
def test_what_is_no_key_is_refused_with_the_reason(text: str, fault: SshKeyFault) -> None:
    assert fault_of(text) is fault


@given(st.text(max_size=200) | st.text().map(lambda text: f"{ED25519} {text}"))
def test_any_text_is_a_key_of_one_line_or_refused(text: str) -> None:
    try:
        key = parse_ssh_key(text)
    except SshKeyMalformed:
        return
    assert safe(key.comment) == key.comment
    assert parse_ssh_key(f"{key.kind} {key.blob}").fingerprint == key.fingerprint
