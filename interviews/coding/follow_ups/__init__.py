"""What the interviewer asks about code that was handed in: read off its structure (`reading`), worded (`choosing`)."""
