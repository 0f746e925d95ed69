"""Text to speech, streamed."""
