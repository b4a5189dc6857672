"""The shipped catalogue is the expected one, and a new product is a file."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from engine.catalogue.product import Catalogue, Keycodes, Product
from engine.catalogue.toml_files import CATALOGUE_FOLDER, load_catalogue
from engine.inventory import add_items
from engine.keycode.codec import decode
from engine.keycode.issuing import issue
from engine.keycode.verifying import verify
from tests.engine.trade import AASTRA, CATALOGUE, NEXSPAN_PRODUCT, VECTOR_RING, VECTORS

ITEMS = """
BHW1063A | Extended ACD            | on-off   | 1530 | IAE forward + IAE group and multi group \
+ IAE greeting + Listening and break-in + CDR > 128 bytes
BHW1064A | Break-in                | on-off   | 210 | Listening and break-in
BHW1065A | Hospitality             | on-off   | 890 | Hospitality
BHW1066A | Hostel                  | on-off   | 640 | Hostel
BHW1067A | CDR > 128 bytes         | on-off   | 320 | CDR > 128 bytes
BHW1068A | Voice RTP encryption    | on-off   | 450 | Voice RTP encryption
BHW1095A | SIP trunk               | quantity | 120 | SIP trunk
BHW1087A | Aastra mobile IP        | quantity | 65 | IP terminals Aastra cordless
BHW1088A | Proprietary IP phone    | quantity | 58 | IP terminals proprietary
BHW1089A | IP Dual homing          | quantity | 22 | IP Dual homing
BHW1090A | i2052 CTI               | quantity | 95 | IP terminals i2052 CTI
BHW1091A | CSTA                    | quantity | 75 | CSTA
BHW1092A | Directory (100 entries) | quantity | 180 | Directory (blocks of 100)
BHW1093A | IP Voice Mail (XML)     | quantity | 48 | IP Voice Mail (XML)
BHW1094A | Aastra SIP              | quantity | 45 | IP terminals Aastra SIP
BHW1096A | IP generic              | quantity | 70 | IP terminals any type
"""
BITS = {
    "IAE forward": 37,
    "IAE group and multi group": 38,
    "IAE greeting": 39,
    "Listening and break-in": 40,
    "Hospitality": 41,
    "Hostel": 42,
    "Voice RTP encryption": 50,
    "CDR > 128 bytes": 51,
}
DIGITS = {
    "SIP trunk": (16, 2),
    "IP terminals Aastra cordless": (18, 5),
    "IP terminals proprietary": (23, 5),
    "IP Dual homing": (28, 5),
    "IP terminals i2052 CTI": (33, 5),
    "CSTA": (38, 5),
    "Directory (blocks of 100)": (43, 5),
    "IP Voice Mail (XML)": (48, 5),
    "IP terminals Aastra SIP": (53, 5),
    "IP terminals any type": (62, 5),
}
NEXSPAN_ITEMS = (
    "ACD, Break-in, Hospitality, Hostel, CDR > 128 bytes, CSTA, Voice mail, Directory,"
    " IP gateway, QSIG networking"
)
GUIDE_PARTS = {"BHW1063A": 1530, "BHW1095A": 120, "BHW1087A": 65}


def test_aastra_5000_has_the_guides_items_in_the_guides_order() -> None:
    assert (AASTRA.name, AASTRA.code, AASTRA.releases) == ("Aastra 5000", "442", ("R5.1", "R5.2"))
    assert (AASTRA.currency, AASTRA.models) == ("EUR", ())
    assert AASTRA.keycodes is Keycodes.UNIQUE
    rows = [
        [
            item.part,
            item.name.en,
            item.kind.value,
            f"{item.price:f}".removesuffix(".00"),
            " + ".join(AASTRA.function(unlock.function).name.en for unlock in item.unlocks),
        ]
        for item in AASTRA.items
    ]
    assert rows == [
        [cell.strip() for cell in line.split("|")] for line in ITEMS.strip().splitlines()
    ]


def test_aastra_5000_has_its_functions_in_the_order_of_their_places() -> None:
    places = {f.name.en: f.bit if f.is_on_off else (f.digit, f.width) for f in AASTRA.functions}
    assert list(places.items()) == [*BITS.items(), *DIGITS.items()]
    assert AASTRA.function("sip-trunk").most == 255
    assert AASTRA.function("ip-any").most == 1_048_575
    assert AASTRA.function("hostel").most == 1


def test_nexspan_has_a_keycode_for_each_function() -> None:
    assert (NEXSPAN_PRODUCT.code, NEXSPAN_PRODUCT.releases) == ("341", ("R4.1", "R4.2"))
    assert NEXSPAN_PRODUCT.models == tuple(
        f"Nexspan {m}" for m in ("S", "L", "C", "D", "50", "500")
    )
    assert NEXSPAN_PRODUCT.keycodes is Keycodes.FUNCTION
    assert [item.name.en for item in NEXSPAN_PRODUCT.items] == NEXSPAN_ITEMS.split(", ")
    assert [item.part for item in NEXSPAN_PRODUCT.items] == [f"BHW09{n:02d}A" for n in range(1, 11)]
    for number, item in enumerate(NEXSPAN_PRODUCT.items, start=1):
        (unlock,) = item.unlocks
        assert NEXSPAN_PRODUCT.function(unlock.function).number == number
        assert 150 <= item.price <= 1200


def test_only_what_the_guide_prints_is_called_the_guides() -> None:
    printed = {
        item.part: item.price
        for product in CATALOGUE.products.values()
        for item in product.items
        if item.source == "guide"
    }
    assert printed == GUIDE_PARTS


@pytest.mark.parametrize("product", CATALOGUE.products.values(), ids=lambda p: str(p.key))
def test_every_name_is_there_in_french(product: Product) -> None:
    for name in [f.name for f in product.functions] + [i.name for i in product.items]:
        assert name.fr
        assert name.in_language("fr") == name.fr
        assert name.in_language("en") == name.en


def test_lookups() -> None:
    assert list(CATALOGUE.products) == ["aastra5000", "nexspan"]
    assert CATALOGUE.with_code("341") is NEXSPAN_PRODUCT
    assert CATALOGUE.with_code("999") is None
    assert AASTRA.item("BHW0901A") is None
    with pytest.raises(KeyError):
        AASTRA.function("toaster")


NEW_PRODUCT = """
key = "toaster"
name = "Toaster 100"
code = "0AF"
releases = ["R1.0", "R2.0"]
currency = "CHF"
keycodes = "unique"

[body]
digits = 11
map_digit = 3
map_width = 1
key_digit = 10

[[function]]
key = "crumbs"
name = { en = "Crumb tray" }
kind = "on-off"
bit = 2

[[function]]
key = "slots"
name = { en = "Slots" }
kind = "quantity"
digit = 5
width = 3

[[item]]
part = "T-1"
name = { en = "Family pack" }
kind = "quantity"
price = 9.90
unlocks = [{ function = "slots", units = 4 }, { function = "crumbs" }]
releases = ["R2.0"]
source = "illustrative"
"""


@pytest.fixture
def extended(tmp_path: Path) -> Catalogue:
    """The shipped catalogue with one more file."""
    folder = shutil.copytree(CATALOGUE_FOLDER, tmp_path / "catalogue")
    (folder / "toaster.toml").write_text(NEW_PRODUCT, encoding="utf-8")
    return load_catalogue(folder)


def test_a_new_product_is_a_file_and_nothing_else(extended: Catalogue) -> None:
    product = extended.products["toaster"]
    assert product.offered("R1.0") == ()
    (pack,) = product.offered("R2.0")
    assert pack.price == Decimal("9.90")
    assert pack.name.in_language("fr") == "Family pack"
    inventory = add_items(product, {}, [(pack, 3)])
    assert inventory == {"crumbs": 1, "slots": 12}
    code = issue(product, "R2.0", "0123456789ABC", inventory, VECTOR_RING)
    # Code 0AF, bit 2 of the map, an unused digit, 12 slots, two unused digits, key 1.
    assert code.startswith("0AF2GC001")
    keycode = decode(code, extended)
    assert keycode.product is product
    assert keycode.body == "0AF2000C001"
    assert keycode.inventory == inventory
    assert verify(code, extended, VECTOR_RING, "0123456789ABC", "R2.0").genuine


def test_a_new_product_changes_no_other_keycode(extended: Catalogue) -> None:
    for code in VECTORS.values():
        assert decode(code, extended) == decode(code, CATALOGUE)


def test_a_new_function_and_item_of_a_product_are_data(tmp_path: Path) -> None:
    text = (CATALOGUE_FOLDER / "aastra5000.toml").read_text(encoding="utf-8")
    text += """
[[function]]
key = "video"
name = { en = "Video", fr = "Vidéo" }
kind = "quantity"
digit = 58
width = 4

[[item]]
part = "BHW2000A"
name = { en = "Video", fr = "Vidéo" }
kind = "quantity"
price = 99
unlocks = [{ function = "video" }]
source = "illustrative"
"""
    (tmp_path / "aastra5000.toml").write_text(text, encoding="utf-8")
    catalogue = load_catalogue(tmp_path)
    product = catalogue.products["aastra5000"]
    item = product.item("BHW2000A")
    assert item is not None
    before = decode(VECTORS["ordered"], catalogue).inventory
    after = add_items(product, before, [(item, 300)])
    code = issue(product, "R5.1", "03FFFF0302AD4", after, VECTOR_RING)
    assert decode(code, catalogue).inventory == {**before, "video": 300}
