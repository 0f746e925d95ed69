"""Characters as a person reads them."""

import re
import unicodedata

#: Ligatures, Kangxi radicals, full-width letters and digits, and other forms that only look like plain letters.
_FORMS = re.compile("[\u2e80-\u2fdf\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u2460-\u2473]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
#: Zero-width marks, glyphs without a meaning, and the private use area, where icon fonts keep their pictures.
_NOTHING = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffd-\uffff\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f-\x9f]"
)


def clean(text: str) -> str:
    """`text` with look-alikes replaced by plain letters, odd spaces by spaces, and what cannot be read dropped."""
    # PDFium gives characters beyond the first 65,536 in halves; half of one alone could not even be stored.
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    text = text.replace("\x02", "-").replace("\u00ad", "")  # PDFium's mark of a hyphen at a line's end; soft hyphens
    text = _FORMS.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    return _NOTHING.sub("", _SPACES.sub(" ", text))
