"""The interviewer's rules: what it knows (`brief`), what may come next (`options`), and what it says (`offline`)."""
