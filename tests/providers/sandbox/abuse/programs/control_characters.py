# Moves the cursor, changes the title, rings the bell, turns the text round.
# ends: ok
print("\x1b[2J\x1b]0;title\x07\x1b[8m\x00\x08\x7f\u202e\u2066" * 100)
