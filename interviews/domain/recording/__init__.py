"""The recording of an interview, from what the server hears and sees to files that a recruiter can play.

`journal`: what is written down while it happens, `spool`: where, `placing`: when each sample was heard, `encoding`:
sound and pictures as files, `keeping`: from the spool into the storage, `playing`: the pieces beside the transcript,
`withdrawal`, `retention`: how recordings end.
"""
