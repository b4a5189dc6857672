"""What the tests of the trade share: the shipped catalogue, the guide's system, and strategies."""

from __future__ import annotations

from hypothesis import strategies as st

from engine.catalogue.item import Function
from engine.catalogue.toml_files import CATALOGUE_FOLDER, load_catalogue
from engine.inventory import Inventory
from engine.keycode.signing import KeyRing
from tests.support.guide import EARLIER, ORDERED

CATALOGUE = load_catalogue(CATALOGUE_FOLDER)
AASTRA = CATALOGUE.products["aastra5000"]
NEXSPAN_PRODUCT = CATALOGUE.products["nexspan"]

GUIDE_RELEASE = "R5.1"
VECTOR_RING = KeyRing({1: bytes(range(32))})
"""The key of the test vectors."""

VECTORS = {
    "earlier": "442ZP5M1V51C1DCC3A2131FF8EC",
    "ordered": "442M780108G39R5M1V51D4D05920ED281A2F",
    "function": "34103133CE0EBBC2940AD5",
}
GUIDE_CODES = {"442ZP5M1V51329C73D": EARLIER, "442M780108G39R5M1V51C0ED1389E": ORDERED}


def _quantities(function: Function) -> st.SearchStrategy[int]:
    # Small and full fields and none at all are what real systems have, and where zeros run long.
    return st.one_of(st.just(0), st.just(function.most), st.integers(0, function.most))


inventories: st.SearchStrategy[Inventory] = st.tuples(*map(_quantities, AASTRA.functions)).map(
    lambda drawn: {f.key: n for f, n in zip(AASTRA.functions, drawn, strict=True) if n}
)
"""Everything that an Aastra 5000 can have, in the catalogue's order."""

functions = st.sampled_from([function.key for function in NEXSPAN_PRODUCT.functions])
equipment_ids = st.text("0123456789ABCDEF", min_size=13, max_size=13)
rings = st.builds(
    KeyRing,
    st.dictionaries(st.integers(1, 15), st.binary(min_size=32, max_size=32), min_size=1),
)
releases = st.sampled_from(AASTRA.releases)
