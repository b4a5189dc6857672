"""Everything that can be refused, as one tree.

An error carries data and no sentence: `tui.wording.errors` words it in the reader's language.

    PortalError
    ├── BadValue                a value that somebody typed, pasted or sent is not one
    │   ├── EquipmentIdMalformed
    │   ├── KeycodeMalformed
    │   ├── QuantityMalformed · QuantityTooLarge · NothingOrdered
    │   ├── ItemOwned · ItemCovered · ItemUnknown
    │   ├── FieldRequired · FieldTooLong · CountryUnknown · EmailMalformed · LoginMalformed
    │   ├── NotUtf8 · CharacterNotAllowed
    │   ├── PasswordTooShort · PasswordTooLong · PasswordTooCommon · PasswordIsName
    │   │   · PasswordUnchanged · PasswordsDiffer · PasswordWrong
    │   └── NameTaken · RoleUnknown · ProductUnknown · ReleaseUnknown · ModelUnknown · DateMalformed
    │       · RowShapeWrong · RowRepeated
    ├── Refused                 the values are fine, the answer is no
    │   ├── SignInRefused · SessionEnded · NotAllowed · PasswordChangeDue
    │   ├── SystemUnknown · CompanyUnknown · UserUnknown · OrderUnknown · SystemKnown
    │   ├── ExportsClosed       a kiosk writes no files
    │   ├── DraftPlaced         an order already, with other content
    │   ├── OrderRefused        one or more problems, each at its field
    │   └── OrderedBefore · OrdersStopped · ResultExists   of files of orders
    ├── StoreTrouble            the disk, the lock, a file
    │   ├── StoreMissing · HomeUnknown · StoreNotEmpty · StoreTooNew · StoreNotWritable
    │   │   · StoreOnNetwork
    │   ├── StoreBusy           a lock was not freed in time
    │   ├── DocumentDamaged     a seal is broken; never "empty"
    │   ├── ReadFailed          the system refused to read; nothing was changed
    │   ├── OwnerWrong          somebody else's: the portal may not read or write it
    │   ├── WriteFailed         nothing was changed
    │   └── OutcomeUnknown      in place, but the disk failed right after: asking again settles it
    ├── KeyTrouble
    │   └── KeysMissing · KeyDamaged · KeysTooOpen · KeysOfAnother · KeysUnreadable · KeysUsedUp
    ├── SystemRefused           what no part of the portal has said more about
    └── BadFile                 a catalogue, settings, CSV or order file is wrong
        └── FileUnreadable · CatalogueWrong · SettingsWrong · RowsWrong · CsvHeaderWrong
            · CsvBroken · OrderDocumentWrong · BackupWrong
"""

from __future__ import annotations

import errno
from typing import Any, ClassVar


class PortalError(Exception):
    """The root. Fields are given by keyword and are attributes of the error.

    `fields` names the data that each class carries; giving more or less is a programming
    mistake and raises `TypeError` at once, so that a message can rely on every field.
    """

    fields: ClassVar[tuple[str, ...]] = ()

    def __init__(self, **data: Any) -> None:
        if set(data) != set(self.fields):
            raise TypeError(f"{type(self).__name__} takes {self.fields}, not {tuple(data)}")
        super().__init__(data)
        self.__dict__.update(data)

    def __reduce__(self) -> tuple[Any, ...]:
        # By keyword, so that an error comes out of another process as it was raised there.
        return _again, (type(self), self.data)

    # The data are attributes by name; this only tells the type checker so.
    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)

    @property
    def code(self) -> str:
        """The error's stable name for scripts (`--json`), for example `QuantityTooLarge`."""
        return type(self).__name__

    @property
    def data(self) -> dict[str, Any]:
        """The fields of this error by name."""
        return {name: getattr(self, name) for name in self.fields}


def _again(kind: type[PortalError], data: dict[str, Any]) -> PortalError:
    return kind(**data)


class BadValue(PortalError):
    """A value that somebody typed, pasted or sent is not what it should be."""


class EquipmentIdMalformed(BadValue):
    """Not 13 hexadecimal digits. `position` (from 1) and `character` name the first wrong
    character in what was typed, or are 0 and "" when only the `length` is wrong."""

    fields = ("text", "position", "character", "length")


class KeycodeMalformed(BadValue):
    """Not a keycode. `position` (from 1, in the cleaned text) is where reading failed;
    `reason` is one of `character`, `spelling`, `length`, `product`, `reserved`, `empty`."""

    fields = ("text", "position", "reason")


class QuantityMalformed(BadValue):
    """A quantity that is no whole number from 0."""

    fields = ("part", "text")


class QuantityTooLarge(BadValue):
    """More than fits. `function` is the elementary function's key, `has` what the system has,
    `asked` the quantity of the item, `most` the largest quantity of this item that still fits."""

    fields = ("part", "function", "has", "asked", "most")


class ItemOwned(BadValue):
    """An on/off item whose functions the system has, all of them."""

    fields = ("part",)


class ItemCovered(BadValue):
    """An on/off item whose functions other items of the same order bring. `by` are their part
    numbers."""

    fields = ("part", "by")


class ItemUnknown(BadValue):
    """No such part number for this product and release."""

    fields = ("part",)


class NothingOrdered(BadValue):
    """An order needs at least one item."""


class FieldRequired(BadValue):
    """An empty field that must not be. `field` is its name in the order document."""

    fields = ("field",)


class FieldTooLong(BadValue):
    """`length` characters where `most` fit."""

    fields = ("field", "length", "most")


class CountryUnknown(BadValue):
    """No country's code or name. `like` are the codes of those that it is a part of the name of."""

    fields = ("text", "like")


class LoginMalformed(BadValue):
    """A username with a space or a `/` in it: it could not be named as COMPANY/LOGIN."""

    fields = ("text",)


class NotUtf8(BadValue):
    """Bytes that are no UTF-8 text: another character set, or no text at all."""


class CharacterNotAllowed(BadValue):
    """A `character` in a name or a text that stands for none: nothing could show it later."""

    fields = ("field", "character")


class EmailMalformed(BadValue):
    """Not an e-mail address."""

    fields = ("text",)


class PasswordTooShort(BadValue):
    """Fewer characters than `least` (a setting, never under 8)."""

    fields = ("length", "least")


class PasswordTooLong(BadValue):
    """More characters than `most` (128)."""

    fields = ("length", "most")


class PasswordTooCommon(BadValue):
    """Among the commonest passwords."""


class PasswordIsName(BadValue):
    """The password is the login, the company's or the product's name."""


class PasswordUnchanged(BadValue):
    """The new password is the previous one."""


class PasswordsDiffer(BadValue):
    """The new password was not typed the same twice."""


class PasswordWrong(BadValue):
    """The previous password, typed to change it, is not right."""


class NameTaken(BadValue):
    """A company or a login of that name is there already. `kind` is `company` or `user`."""

    fields = ("kind", "name")


class RoleUnknown(BadValue):
    """Not a role. `known` are the names that are."""

    fields = ("text", "known")


class ProductUnknown(BadValue):
    """Not a product of the catalogue. `known` are the keys that are."""

    fields = ("text", "known")


class ReleaseUnknown(BadValue):
    """Not a release of that product. `known` are those that are."""

    fields = ("text", "product", "known")


class ModelUnknown(BadValue):
    """Not a model of that product. `known` are those that are (empty: it has no models)."""

    fields = ("text", "product", "known")


class RowShapeWrong(BadValue):
    """A row of a CSV with `found` fields where the header has `wanted`."""

    fields = ("found", "wanted")


class RowRepeated(BadValue):
    """A row of a CSV of orders that means the same as the one in `line`."""

    fields = ("line",)


class DateMalformed(BadValue):
    """Not a date in ISO 8601 form (`2026-11-24`)."""

    fields = ("text",)


class Refused(PortalError):
    """The values are fine; the answer is no."""


class SignInRefused(Refused):
    """The one answer to every wrong combination, closed account and too early attempt."""


class SessionEnded(Refused):
    """The session is over. `reason`: `idle`, `age`, `password`, `disabled`."""

    fields = ("reason",)


class NotAllowed(Refused):
    """The user's role does not hold this right. `right` is a `Right` value."""

    fields = ("right",)


class PasswordChangeDue(Refused):
    """A password that the licence desk issued has to be changed before anything else."""


class SystemUnknown(Refused):
    """Unknown, or of another company: one and the same answer."""

    fields = ("equipment_id",)


class CompanyUnknown(Refused):
    """No such company."""

    fields = ("name",)


class UserUnknown(Refused):
    """No such user in that company."""

    fields = ("company", "login")


class OrderUnknown(Refused):
    """No such order, or of another company."""

    fields = ("number",)


class SystemKnown(Refused):
    """That system is in the store already."""

    fields = ("equipment_id",)


class ExportsClosed(Refused):
    """A kiosk writes no files."""


class DraftPlaced(Refused):
    """The draft has become the order `number` already, and was changed since: nothing more was
    placed."""

    fields = ("number",)


class OrderRefused(Refused):
    """One or more problems. `problems` is a tuple of `Problem`, each at its field."""

    fields = ("problems",)


class OrderedBefore(Refused):
    """The order `number` of that system has the same reference and the same items."""

    fields = ("number", "placed_at")


class ResultExists(Refused):
    """The file that the keycodes were to go into is there already."""

    fields = ("path",)


class OrdersStopped(Refused):
    """A file of orders that came to an end before its last row.

    `placed` are the lines whose orders are placed, those of earlier runs too; `line` is where it
    stopped, and `error` why. `result` is the file with the keycodes so far, or ""; `again`
    whether what was ordered before was to be ordered once more.
    """

    fields = ("placed", "line", "error", "result", "again")


class StoreTrouble(PortalError):
    """The disk, a lock, a file."""


class StoreMissing(StoreTrouble):
    """No store at `path`."""

    fields = ("path",)


class HomeUnknown(StoreTrouble):
    """Nobody has said where the store is, and the user has no home to have one in."""


class StoreNotEmpty(StoreTrouble):
    """`init` on a folder that holds something already."""

    fields = ("path",)


class StoreTooNew(StoreTrouble):
    """The store was written by a newer portal: layout `found`, this portal knows `known`."""

    fields = ("path", "found", "known")


class StoreNotWritable(StoreTrouble):
    """A folder that cannot be written. `reason` is the system's own word (`EACCES`)."""

    fields = ("path", "reason")


class StoreOnNetwork(StoreTrouble):
    """A network file system, where locks and syncs cannot be trusted."""

    fields = ("path", "kind")


class StoreBusy(StoreTrouble):
    """A lock was not freed within `seconds`; `holder` is the process id that holds it, or 0."""

    fields = ("what", "seconds", "holder")


class DocumentDamaged(StoreTrouble):
    """A broken seal, or a file that the disk cannot read. `reason`: `seal`, `json`, `shape`,
    `io`, `kind` (not a regular file), `size` (far larger than any document)."""

    fields = ("path", "reason")


class ReadFailed(StoreTrouble):
    """The system refused to read (`reason`, for example `EMFILE`): no word on what the file holds.
    Nothing was changed."""

    fields = ("path", "reason")


class OwnerWrong(StoreTrouble):
    """A file or folder of the store that the portal may not read or write, because it belongs to
    somebody else: `owner` and `user` (who runs the portal) are numbers. Nothing was changed."""

    fields = ("path", "owner", "user")


class WriteFailed(StoreTrouble):
    """The disk refused (`reason`, for example `ENOSPC`). Nothing was changed."""

    fields = ("path", "reason")


class OutcomeUnknown(StoreTrouble):
    """What was asked for is in place, but a last step failed: a power cut may undo it. `what` says
    how it is settled: `order` (place the same draft again), `systems` (opening the store finishes
    it), `key` (rotate again: no other key is made), `erase` (erase again), `store` (it is there:
    check it), `backup` and `change` (look)."""

    fields = ("path", "reason", "what")


class Unfinished(StoreTrouble):
    """Work on many documents stopped half-way: `what` (`erase`, `restore`) was done for `done` of
    them, then `cause` happened. The same again goes on."""

    fields = ("what", "done", "cause")


class KeyTrouble(PortalError):
    """The folder of signing keys."""


class KeysMissing(KeyTrouble):
    """A key file is not there. `name` is the file's name in the folder `path`."""

    fields = ("path", "name")


class KeyDamaged(KeyTrouble):
    """A key file does not hold what it should."""

    fields = ("path", "name")


class KeysTooOpen(KeyTrouble):
    """Others than the owner can read the keys. `mode` is the octal mode found."""

    fields = ("path", "name", "mode", "wanted")


class KeysOfAnother(KeyTrouble):
    """The keys belong to somebody else: `owner` and `user` (who runs the portal) are numbers."""

    fields = ("path", "name", "owner", "user")


class KeysUnreadable(KeyTrouble):
    """The system refused to read (`reason`, for example `EMFILE`): no word on the key itself."""

    fields = ("path", "name", "reason")


class KeysUsedUp(KeyTrouble):
    """All fifteen numbers of signing keys are in use."""


class SystemRefused(PortalError):
    """The system refused something (`reason`, for example `EMFILE`) at `path`, which may be empty,
    and nobody knows more about it."""

    fields = ("path", "reason")


class BadFile(PortalError):
    """A file that a person made is wrong."""


class FileUnreadable(BadFile):
    """Missing, unreadable: `reason` is the system's word (`ENOENT`). Or not UTF-8: `encoding`."""

    fields = ("path", "reason")


class BackupWrong(BadFile):
    """A backup that cannot be restored. `reason`: `none` (no backup, or not whole), `cut`,
    `strange` (something in it that no backup holds), `changed`, `too-new`, `other-keys` (made
    with another audit key, or changed by somebody without it), `damaged` (a document in it)."""

    fields = ("path", "reason")


class CatalogueWrong(BadFile):
    """A catalogue file: the `path`, the `place` in it (`item BHW1063A, unlocks`, or line and
    column as `3:14`) and the `reason`, one of the codes in `engine.catalogue.rules` and
    `engine.toml_reading`; `value` is what stood there, `allowed` what could (else empty)."""

    fields = ("path", "place", "reason", "value", "allowed")


class SettingsWrong(BadFile):
    """A setting that is not one. `source` is the file, `environment` or `command line`.

    `reason` is `unknown` (`allowed`: the name that was probably meant, or none), `choice` (one of
    `allowed`), `whole-number` or `number` (from the first of `allowed` to the second), `text`; of
    the file, a code of `engine.toml_reading` with the `place` (`3:14`).
    """

    fields = ("source", "name", "reason", "place", "allowed")


class RowsWrong(BadFile):
    """A CSV: nothing was imported. `rows` is a tuple of (line number, PortalError)."""

    fields = ("path", "rows")


class OrderRowsWrong(RowsWrong):
    """The same of a CSV of orders: nothing was ordered."""

    @property
    def code(self) -> str:
        """For scripts, one error."""
        return RowsWrong.__name__


class CsvBroken(BadFile):
    """A file that is no CSV from `line` and `column` (both from 1) on. `reason`: `quote` (one
    opens there and is not closed), `after-quote` (text behind one that closes), `size`, `csv`."""

    fields = ("path", "line", "column", "reason")


class CsvHeaderWrong(BadFile):
    """A CSV whose first line is not the header. All but `path` are tuples of names: those that
    were `found`, that it may have (`wanted`) and that it must have (`required`); and what is
    wrong: those that are `missing`, `unknown`, or there twice (`repeated`)."""

    fields = ("path", "found", "wanted", "required", "missing", "unknown", "repeated")


class OrderDocumentWrong(BadFile):
    """An order document that is no JSON or has the wrong shape. `place` as `$.items.BHW1063A`, or
    line and column as `3:14`; `reason` is a code of `engine.documents.order_json`."""

    fields = ("path", "place", "reason")


def system_word(error: OSError) -> str:
    """The system's own word for what went wrong, the same in every language: `ENOSPC`."""
    return errno.errorcode.get(error.errno or 0, type(error).__name__)
