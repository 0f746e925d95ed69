"""Texts as vectors: offline by hashing, or by any OpenAI-compatible server."""
