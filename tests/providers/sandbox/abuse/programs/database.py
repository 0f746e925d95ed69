# Opens the database where it lies, and looks for it elsewhere.
# ends: ok
import glob
import sqlite3

for name in ("@DATABASE@", "/proc/1/root@DATABASE@", "/proc/1/cwd/@DATABASE@", *glob.glob("/tmp/**/*.sqlite3", recursive=True), *glob.glob("/*/*.sqlite3")):
    try:
        print("BREACH", list(sqlite3.connect(f"file:{name}?mode=ro", uri=True).execute("SELECT * FROM secrets")))
    except sqlite3.Error as error:
        print(error)
