"""Text out of documents: PDF, DOCX and plain text, read in a process that can be killed."""
