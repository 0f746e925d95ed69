"""An imported resume becomes its candidate's: a recruiter says whose, for an e-mail in a resume proves nothing."""

import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Role, User
from resumes.domain import access, uploads
from resumes.models import Resume

logger = logging.getLogger(__name__)


class NotHandedOver(Exception):
    """The message says why, for the recruiter."""


def suggested_for(resume: Resume) -> User | None:
    """The candidate whose account has the resume's own e-mail; for the recruiter to judge, never to be used unasked."""
    email = resume.profile.get("basics", {}).get("email", "")
    return _candidate(email) if email and resume.owner_id is None else None


@transaction.atomic
def hand_over(resume: Resume, email: str, recruiter: User) -> User:
    """Make the candidate with the account `email` the owner of `resume`. Raises NotHandedOver."""
    candidate = _candidate(email)
    if candidate is None:
        raise NotHandedOver(_("No candidate has an account with this e-mail. Invite the candidate first."))
    if uploads.is_full(candidate):
        raise NotHandedOver(_("This candidate has as many resumes as are kept."))
    if not access.unowned().filter(pk=resume.pk).update(owner=candidate, updated_at=timezone.now()):
        raise NotHandedOver(_("This resume belongs to an account already."))
    resume.owner = candidate
    logger.info("resume %d was handed over to account %d by %d", resume.pk, candidate.pk, recruiter.pk)
    return candidate


def _candidate(email: str) -> User | None:
    wanted = User.objects.normalise(email)
    return User.objects.filter(email=wanted, role=Role.CANDIDATE, is_active=True).first()
