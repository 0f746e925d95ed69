"""Many resumes at once: files are taken first, read in turns in the background, and each says what became of it."""
