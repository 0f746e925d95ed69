"""Speech to text: live recognition of utterances, and of whole files."""
