"""What the user guide of 2008 says of its order, and the demonstration's names: written once."""

from __future__ import annotations

from decimal import Decimal

SYSTEM = "03FFFF0302AD4"
"""The guide's Aastra 5000."""
FRESH, NEXSPAN, FOREIGN = "03FFFF0302B17", "01A0B40000C17", "03FFFF0400E55"
"""The demonstration's others: with no order yet, of the older product, of another company."""
COMPANY, LOGIN, PASSWORD = "Demo Telecom", "jsmith", "demonstration only"
REFERENCE, LICENSEE = "2125469-65891", "John Smith"
ITEMS = {"BHW1063A": "1", "BHW1095A": "8", "BHW1087A": "57"}
"""Extended ACD, 8 SIP trunks, 57 Aastra mobile IP."""
TOTAL = Decimal(6195)
BODY = "442M780108G39R5M1V51"
"""Of the keycode that the guide prints; the tag that follows depends on the store's key."""

EARLIER = {"ip-i2052": 5, "directory": 1, "ip-any": 5}
"""Inventory of the system on 14 August 2008 (guide, Search for a keycode (2/2))."""
ORDERED = {
    "iae-forward": 1,
    "iae-group": 1,
    "iae-greeting": 1,
    "break-in": 1,
    "cdr-128": 1,
    "sip-trunk": 8,
    "ip-cordless": 57,
    "ip-i2052": 5,
    "directory": 1,
    "ip-any": 5,
}
"""Its inventory after the new order (guide, Deliverables)."""
ROWS = [
    ("IAE forward", 1),
    ("IAE group and multi group", 1),
    ("IAE greeting", 1),
    ("Listening and break-in", 1),
    ("CDR > 128 bytes", 1),
    ("SIP trunk", 8),
    ("IP terminals Aastra cordless", 57),
    ("IP terminals i2052 CTI", 5),
    ("Directory (blocks of 100)", 1),
    ("IP terminals any type", 5),
]
"""The same as the guide prints it."""
