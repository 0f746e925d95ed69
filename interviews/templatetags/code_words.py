"""Filters: keys of results and languages as people read them."""

from django import template

from interviews.coding import wording

register = template.Library()
register.filter("result_words", wording.result)
register.filter("language_words", wording.language)
