# Makes files in memory that stand in no folder.
# ends: runtime_error
import os

os.write(os.memfd_create("x"), bytes(1_000_000))
print("BREACH")
