"""A resume as it was uploaded, to be looked at beside what was read from it."""
