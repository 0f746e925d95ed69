"""JSON Resume v1 (https://jsonresume.org/schema) as types: what a parser writes and a person corrects.

Unknown fields are refused and every text and list has its limit. Dates are ISO 8601, cut to what is known: `2021-03`.
"""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

Short = Annotated[str, Meta(max_length=300)]
Long = Annotated[str, Meta(max_length=10_000)]
PartialDate = Annotated[str, Meta(pattern=r"^((19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?$")]
Shorts = Annotated[list[Short], Meta(max_length=200)]
Longs = Annotated[list[Long], Meta(max_length=200)]


class Part(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True, kw_only=True, rename="camel"):
    """A piece of a profile; an empty field is left out of the JSON."""


class Location(Part):
    address: Short = ""
    postal_code: Short = ""
    city: Short = ""
    region: Short = ""
    country_code: Short = ""


class Link(Part):
    network: Short = ""
    username: Short = ""
    url: Short = ""


class Basics(Part):
    name: Short = ""
    label: Short = ""
    image: Short = ""
    email: Short = ""
    phone: Short = ""
    url: Short = ""
    summary: Long = ""
    location: Location = msgspec.field(default_factory=Location)
    profiles: Annotated[list[Link], Meta(max_length=50)] = []


class Work(Part):
    """`name` is the company. No `endDate` beside a `startDate` means: until now."""

    name: Short = ""
    position: Short = ""
    location: Short = ""
    description: Short = ""
    url: Short = ""
    start_date: PartialDate = ""
    end_date: PartialDate = ""
    summary: Long = ""
    highlights: Longs = []


class Volunteer(Part):
    organization: Short = ""
    position: Short = ""
    url: Short = ""
    start_date: PartialDate = ""
    end_date: PartialDate = ""
    summary: Long = ""
    highlights: Longs = []


class Education(Part):
    institution: Short = ""
    area: Short = ""
    study_type: Short = ""
    url: Short = ""
    start_date: PartialDate = ""
    end_date: PartialDate = ""
    score: Short = ""
    courses: Shorts = []


class Award(Part):
    title: Short = ""
    date: PartialDate = ""
    awarder: Short = ""
    summary: Long = ""


class Certificate(Part):
    name: Short = ""
    date: PartialDate = ""
    issuer: Short = ""
    url: Short = ""


class Publication(Part):
    name: Short = ""
    publisher: Short = ""
    release_date: PartialDate = ""
    url: Short = ""
    summary: Long = ""


class Skill(Part):
    name: Short = ""
    level: Short = ""
    keywords: Shorts = []


class Language(Part):
    language: Short = ""
    fluency: Short = ""


class Interest(Part):
    name: Short = ""
    keywords: Shorts = []


class Reference(Part):
    name: Short = ""
    reference: Long = ""


class Project(Part):
    name: Short = ""
    description: Long = ""
    highlights: Longs = []
    keywords: Shorts = []
    start_date: PartialDate = ""
    end_date: PartialDate = ""
    url: Short = ""
    roles: Shorts = []
    entity: Short = ""
    type: Short = ""


class Profile(Part):
    basics: Basics = msgspec.field(default_factory=Basics)
    work: Annotated[list[Work], Meta(max_length=100)] = []
    volunteer: Annotated[list[Volunteer], Meta(max_length=100)] = []
    education: Annotated[list[Education], Meta(max_length=100)] = []
    awards: Annotated[list[Award], Meta(max_length=100)] = []
    certificates: Annotated[list[Certificate], Meta(max_length=100)] = []
    publications: Annotated[list[Publication], Meta(max_length=100)] = []
    skills: Annotated[list[Skill], Meta(max_length=500)] = []
    languages: Annotated[list[Language], Meta(max_length=50)] = []
    interests: Annotated[list[Interest], Meta(max_length=100)] = []
    references: Annotated[list[Reference], Meta(max_length=50)] = []
    projects: Annotated[list[Project], Meta(max_length=100)] = []


def to_json(profile: Profile) -> dict[str, Any]:
    value: dict[str, Any] = msgspec.to_builtins(profile)
    return value


def from_json(value: Any) -> Profile:
    """Raises msgspec.ValidationError, whose message names the field's path."""
    return msgspec.convert(value, Profile)
