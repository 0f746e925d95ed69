"""Resumes made from the project's own texts, with the exact JSON Resume that each of them says.

`catalogue.resumes()` lists them, `catalogue.Resume.data()` makes a file's bytes, `.truth` is what a person reads in
it. Nothing that can be made is kept: the same code and the same number always give the same resume. Two sets: the
parser is made with the first; the second (`unseen`) has other people, firms, headings and combinations, and shows
whether it holds.
"""
