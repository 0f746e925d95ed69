"""What a careful reader takes from a written resume, as JSON Resume v1: exactly what it says, and no more."""

from typing import Any

from resumes.domain import schema
from tests.resumes.corpus import dates
from tests.resumes.corpus.dates import Style
from tests.resumes.corpus.entries import SCORES
from tests.resumes.corpus.manner import PROJECTS_IN_ONE_LINE, Manner
from tests.resumes.corpus.people import Person, Stay
from tests.resumes.corpus.sheet import other_summary


def of(person: Person, manner: Manner) -> dict[str, Any]:
    """The profile that `sheet.write(person, manner)` shows; validated by the product's schema."""
    sections = {
        "work": [_stay(stay, manner.dates, _job(stay, manner)) for stay in person.work],
        "education": [_school(stay, manner, person.language) for stay in person.education],
        "skills": [{"name": name} for group in person.skills.values() for name in group],
        "languages": [{"language": name, "fluency": level} for name, level in person.languages],
        "certificates": [_certificate(one, manner) for one in person.certificates],
        "projects": [_project(stay, manner) for stay in person.projects],
        "volunteer": [_stay(stay, manner.dates, dict(stay.fields)) for stay in person.volunteer],
        "interests": [{"name": name} for name in person.interests],
    }
    kept = {name: value for name, value in sections.items() if name not in manner.left_out}
    return schema.to_json(schema.from_json({"basics": _basics(person, manner), **kept}))


def _basics(person: Person, manner: Manner) -> dict[str, Any]:
    found: dict[str, Any] = {"name": person.name, "email": person.email}
    if manner.label != "none":
        found["label"] = person.label
    if "phone" not in manner.bare:
        found["phone"] = person.phone
    if "city" not in manner.bare:
        found["location"] = {"city": person.city, "address": person.address}
    if "summary" not in manner.left_out:
        second = [other_summary(person)] if manner.bilingual else []
        found["summary"] = "\n".join([person.summary, *second])
    return found


def _job(stay: Stay, manner: Manner) -> dict[str, Any]:
    told = ("highlights",) if manner.head != "table" else ()
    return {field: stay.fields[field] for field in ("name", "position", *told)}


def _stay(stay: Stay, style: Style, fields: dict[str, Any]) -> dict[str, Any]:
    end = {"endDate": dates.iso(stay.end, style)} if stay.end else {}
    return {**fields, "startDate": dates.iso(stay.start, style), **end}


def _school(stay: Stay, manner: Manner, language: str) -> dict[str, Any]:
    fields = dict(stay.fields) | ({"score": SCORES[language][1]} if manner.score and manner.head != "table" else {})
    if manner.only_graduation and stay.end:
        return {**fields, "endDate": str(stay.end[0])}
    return _stay(stay, manner.dates, fields)


def _project(stay: Stay, manner: Manner) -> dict[str, Any]:
    if manner.head in PROJECTS_IN_ONE_LINE:
        return dict(stay.fields)
    return _stay(stay, manner.dates, dict(stay.fields))


def _certificate(certificate: tuple[str, str, dates.Month], manner: Manner) -> dict[str, Any]:
    title, issuer, month = certificate
    issued = {"issuer": issuer} if manner.certificates == "issuer" else {}
    dated = {"date": dates.iso(month, manner.dates)} if manner.certificates in ("issuer", "dated") else {}
    return {"name": title, **issued, **dated}
