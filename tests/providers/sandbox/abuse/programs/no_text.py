# Bytes that are no text.
# ends: ok
import os

os.write(1, bytes(range(256)) * 20 + b"\xed\xa0\x80\xf4\x90\x80\x80")
