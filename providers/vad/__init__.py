"""Voice activity: is somebody speaking, and where does an utterance begin and end."""
