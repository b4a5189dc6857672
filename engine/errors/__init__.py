"""Everything that can be refused, as one tree.

An error carries data and no sentence: `tui.wording.errors` words it in the reader's language.

    PortalError
    ├── BadValue                a value that somebody typed, pasted or sent is not one
    │   ├── EquipmentIdMalformed
    │   │   └── EquipmentIdRounded
    │   ├── KeycodeMalformed
    │   ├── QuantityMalformed · QuantityTooLarge · NothingOrdered
    │   ├── ItemOwned · ItemCovered · ItemUnknown
    │   ├── FieldRequired · FieldTooLong · CountryUnknown · EmailMalformed · LoginMalformed
    │   ├── NotUtf8 · CharacterNotAllowed
    │   ├── PasswordTooShort · PasswordTooLong · PasswordTooCommon · PasswordIsName
    │   │   · PasswordUnchanged · PasswordsDiffer · PasswordWrong
    │   └── NameTaken · RoleUnknown · ProductUnknown · ReleaseUnknown · ModelUnknown · DateMalformed
    │       · DiscountMalformed · AmountMalformed · RowShapeWrong · ColumnUnnamed · RowRepeated
    │       · CompanyUnknown · CompanyHasIt · SystemRepeated · ReasonUnknown
    │       · ReasonRequired · ItemNotOrdered · CorrectionUpwards · IdsDiffer · SshKeyMalformed
    │       · ReportUnknown · GroupUnknown · PeriodWrong · WhyRequired
    ├── Refused                 the values are fine, the answer is no
    │   ├── SignInRefused · SessionEnded · NotAllowed · CompanyOnHold · PasswordChangeDue
    │   ├── SystemUnknown · UserUnknown · OrderUnknown · SystemKnown
    │   ├── KeycodeNotDelivered · KeycodeOfSeveral    of one whose system nobody named
    │   ├── PeopleFull · LastAdministrator · NotOneself · DeskAccount     of a company's people
    │   ├── PaperUnknown · PaperDecided · PaperRepeated · OwnRequest     of requests and quotes
    │   ├── QuoteClosed · QuoteExpired · SecondPersonNeeded
    │   ├── SshKeyTaken · SshKeyUnknown · CommandNotOffered · OptionNotOffered
    │   ├── ExportsClosed       a kiosk writes no files
    │   ├── NothingOwned · SystemMoved · SystemTransferred · SystemHasOrders · ReleaseNotLater
    │   │   · FunctionVanishes · NothingCorrected · NotCorrectable · TargetUnusable · MovesUsedUp
    │   │   · PriceChanged · UnusualOrder · ProofsOverdue · ProofGiven · NotAMove · NothingToReissue
    │   │   · KeyUnknown · KeyInUse               of a system after the sale
    │   ├── DraftPlaced         an order already, with other content
    │   ├── OrderRefused        one or more problems, each at its field
    │   │   └── ChangeRefused   … of what is no order of items
    │   └── OrderedBefore · OrdersStopped · ChangesStopped · ResultExists   of files of orders
    ├── StoreTrouble            the disk, the lock, a file
    │   ├── StoreMissing · HomeUnknown · StoreNotEmpty · StoreTooNew · StoreNotWritable
    │   │   · StoreOnNetwork · StoreInBoth
    │   ├── StoreMoved · CopyInUse · CopyDiffers        of `copy FROM TO`
    │   ├── ClocksApart         of this machine and the database server
    │   ├── StoreUnreachable    no database server, or none that lets the portal in
    │   ├── StoreBusy           a lock was not freed in time
    │   ├── DocumentDamaged     a seal is broken; never "empty"
    │   ├── ReadFailed          the system refused to read; nothing was changed
    │   ├── OwnerWrong          somebody else's: the portal may not read or write it
    │   ├── WriteFailed         nothing was changed
    │   └── OutcomeUnknown      in place, but the disk failed right after: asking again settles it
    ├── KeyTrouble
    │   └── KeysMissing · KeyDamaged · KeysTooOpen · KeysOfAnother · KeysUnreadable · KeysUsedUp
    │       · KeysNotOfStore
    ├── SystemRefused           what no part of the portal has said more about
    └── BadFile                 a catalogue, settings, CSV or order file is wrong
        └── FileUnreadable · CatalogueWrong · FunctionMoved · SettingsWrong · RowsWrong
            · CsvHeaderWrong · CsvBroken · OrderDocumentWrong · BackupWrong
"""

from __future__ import annotations

# Each of these files declares errors and what goes with them, nothing else: an error is added in
# one place.
from engine.errors.base import *
from engine.errors.files import *
from engine.errors.keys import *
from engine.errors.life import *
from engine.errors.papers import *
from engine.errors.people import *
from engine.errors.refusals import *
from engine.errors.ssh_keys import *
from engine.errors.store import *
from engine.errors.values import *
