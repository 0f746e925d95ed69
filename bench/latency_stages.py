"""What the server and the candidates of `bench.latency` agree on: the stages' times, and what is said."""

RECOGNITION_MS, FIRST_TOKEN_MS, FIRST_AUDIO_MS = 300, 500, 50
FRAME_MS = 40

# What recognition makes of every answer: one word for each 400 ms of the recording, and a whole sentence.
ANSWER = "I profiled the query and added indexes."
