"""Numbered documents: what waits for somebody else, and what a customer was offered."""
