"""HTTP calls of the interviews: the guide's and our own, those that start from a resume, and sessions."""
