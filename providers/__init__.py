"""Replaceable engines behind small interfaces. They import no app and no Django."""
