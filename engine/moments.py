"""Moments: dates with a time and a zone."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta

Moment = Annotated[datetime, Meta(tz=True)]
"""As stored: one without a zone is no moment, and cannot be compared with one that is."""
