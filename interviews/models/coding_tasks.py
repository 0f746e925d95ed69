"""Code tasks that recruiters write."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CodingTask(models.Model):
    """A task beside the bank's: `document` is YAML that `interviews.coding.bank_format` has accepted.

    `task_id` and `title` are the document's. It is asked only where it is pinned, which `active` ones can be.
    `proved_at`: when its programs were last run to the end, as `interviews.coding.proving` does; None since a change of
    the document. `faults` are what was found then, each as `interviews.coding.proofs.Problem` is written down.
    """

    task_id = models.CharField(_("id"), max_length=100, unique=True, editable=False)
    document = models.TextField(_("task"))
    title = models.CharField(_("title"), max_length=300, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="coding_tasks",
        verbose_name=_("written by"),
    )
    active = models.BooleanField(
        _("in use"), default=True, help_text=_("Can be chosen for vacancies and interviews from now on.")
    )
    proved_at = models.DateTimeField(_("tried"), null=True, editable=False)
    faults = models.JSONField(default=list, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("coding task")
        verbose_name_plural = _("coding tasks")
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title
