"""What to say about what somebody typed, where it takes more than a template."""

from __future__ import annotations

from engine.errors import (
    CharacterNotAllowed,
    CountryUnknown,
    EquipmentIdMalformed,
    EquipmentIdRounded,
    FieldRequired,
    FieldTooLong,
    KeycodeFault,
    KeycodeMalformed,
    ModelUnknown,
    NameTaken,
    SshKeyFault,
    SshKeyMalformed,
)
from engine.keycode.codec import MOST_CHARACTERS
from engine.licences.system import DIGITS
from tui.wording import reasons
from tui.wording.error_sentences import sentence_of
from tui.wording.formats import country_name
from tui.wording.labels import field_label
from tui.wording.look_alikes import looks_like, probably_meant
from tui.wording.stored_text import clipped
from tui.wording.translation import N_, _, ngettext


@sentence_of.register
def _rounded(error: EquipmentIdRounded) -> str:
    return _(
        "“{text}”: a spreadsheet has rounded this Equipment ID. Format the column as text, then"
        " enter the ID again."
    ).format(text=clipped(error.text))


@sentence_of.register
def _equipment_id(error: EquipmentIdMalformed) -> str:
    if error.position:
        said = _(
            "Equipment ID: character {position}, {character}, is not a hexadecimal digit"
            " (0-9, A-F)."
        ).format(position=error.position, character=_character(error.character))
        if meant := probably_meant(error.character, "0123456789ABCDEF"):
            return " ".join((said, _("Did you mean {character}?").format(character=meant)))
        return said
    if not error.length:
        return _("Enter the Equipment ID: 13 hexadecimal digits, for example 03FFFF0302AD4.")
    missing = DIGITS - error.length
    if missing > 0:
        return ngettext(
            "Equipment ID: {number} digit of 13 is missing.",
            "Equipment ID: {number} digits of 13 are missing.",
            missing,
        ).format(number=missing)
    return ngettext(
        "Equipment ID: {number} digit too many; there should be 13.",
        "Equipment ID: {number} digits too many; there should be 13.",
        -missing,
    ).format(number=-missing)


@sentence_of.register
def _keycode(error: KeycodeMalformed) -> str:
    text, position = error.text, error.position
    here = _character(text[position - 1]) if 0 < position <= len(text) else ""
    if error.reason is KeycodeFault.LENGTH:
        said = N_("The keycode is too long: it should end before character {position}.")
        if not here:
            said = N_("The keycode is too short: it ends after character {last}.")
        elif position <= MOST_CHARACTERS:
            said = N_(
                "The keycode has too many digits from character {position} on, or a wrong letter:"
                " G to Z stand for zeros."
            )
    else:
        said = reasons.KEYCODE[error.reason]
    return _(said).format(position=position, last=position - 1, character=here)


def _character(text: str) -> str:
    """A character in quotes; of one that cannot be shown its number, and of one that is taken for
    another both."""
    number = f"U+{ord(text):04X}"
    if not text.isprintable() or text.isspace():
        return number
    if like := looks_like(text):
        said = _("{character} ({number}, which looks like {other})")
        return said.format(character=_quoted(text), number=number, other=like)
    return _quoted(text)


def _quoted(text: str) -> str:
    return _("“{text}”").format(text=text)


@sentence_of.register
def _required(error: FieldRequired) -> str:
    return _("{label} is required.").format(label=_field(error.field))


@sentence_of.register
def _too_long(error: FieldTooLong) -> str:
    return _("{label} is too long: {length} characters, at most {most}.").format(
        label=_field(error.field), length=error.length, most=error.most
    )


@sentence_of.register
def _not_allowed_character(error: CharacterNotAllowed) -> str:
    said = N_("{label}: {character} is not a character that can be shown.")
    if error.character == "\ufffd":
        said = N_("{label}: there is a character that was not UTF-8. Is the terminal set to UTF-8?")
    number = f"U+{ord(error.character):04X}"
    return _(said).format(label=field_label(error.field), character=number)


def _field(name: str) -> str:
    """A label that says by itself which field is meant: there is more than one name."""
    return _("Name (address)") if name == "address.name" else field_label(name)


@sentence_of.register
def _country(error: CountryUnknown) -> str:
    like = ", ".join(f"{country_name(code)} ({code})" for code in error.like)
    said = N_("“{text}” is not a country: type its name or its code, for example FR.")
    if like:
        said = N_("“{text}” is not the name of a country. Did you mean: {countries}?")
    return _(said).format(text=clipped(error.text), countries=clipped(like, 300))


@sentence_of.register
def _name_taken(error: NameTaken) -> str:
    said = N_("There is a company “{name}” already.")
    if error.kind == "user":
        said = N_("There is a user “{name}” in this company already.")
    return _(said).format(name=clipped(error.name, 60))


@sentence_of.register
def _model(error: ModelUnknown) -> str:
    if not error.known:
        return _("{product} has no models: leave the model out.").format(product=error.product)
    said = N_("“{text}” is not a model of {product}. Models: {known}.")
    if not error.text:
        said = N_("{product} needs a model: {known}.")
    return _(said).format(
        text=clipped(error.text), product=error.product, known=", ".join(error.known)
    )


@sentence_of.register
def _ssh_key(error: SshKeyMalformed) -> str:
    return _(SSH_KEYS[error.reason]).format(text=clipped(error.text))


SSH_KEYS: dict[SshKeyFault, str] = {
    SshKeyFault.NONE: N_("There is no SSH key here: give the line of its .pub file."),
    SshKeyFault.MANY: N_("More than one line: give one public key at a time."),
    SshKeyFault.PRIVATE: N_(
        "This is the private half of an SSH key. Keep it secret: give the line of its .pub file."
    ),
    SshKeyFault.OPTIONS: N_("Options before an SSH key are not accepted: give the key alone."),
    SshKeyFault.KIND: N_("“{text}” is not a kind of SSH key that is accepted: take ed25519."),
    SshKeyFault.DAMAGED: N_("This SSH key ({text}) is incomplete or damaged: copy it once more."),
    SshKeyFault.SHORT: N_("This RSA key has fewer than 2,048 bits: take a longer one, or ed25519."),
}
