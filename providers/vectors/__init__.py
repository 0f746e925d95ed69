"""Vectors and what they are filtered by: in this process, or in Milvus."""
