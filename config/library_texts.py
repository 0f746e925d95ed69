"""Texts that people meet and that a library's own catalogue lacks in one of our languages or words badly.

Nothing imports this: `make messages` reads it, and our catalogues come before the libraries'.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

DJANGO = (
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
)

REST_FRAMEWORK = (
    gettext_noop("Request was throttled."),
    gettext_noop("Expected available in {wait} second."),  # the library looks for each of the two alone
    gettext_noop("Expected available in {wait} seconds."),
    gettext_noop("Not found."),
    gettext_noop("Invalid input."),
    gettext_noop("Must be a valid boolean."),
    gettext_noop("Not a valid string."),
    gettext_noop("Datetime value out of range."),
    gettext_noop('Invalid datetime for the timezone "{timezone}".'),
    gettext_noop("Ensure this field has no more than {max_length} elements."),
    gettext_noop("Surrogate characters are not allowed: U+{code_point:X}."),
)

SIMPLE_JWT = (
    gettext_noop("No active account found with the given credentials"),
    gettext_noop("No active account found for the given token."),
    gettext_noop("Token is invalid"),
    gettext_noop("Token is expired"),
    gettext_noop("Token is blacklisted"),
    gettext_noop("Given token not valid for any token type"),
    gettext_noop("The user's password has been changed."),
)
