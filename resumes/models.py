"""Uploaded resumes and what was read out of them."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.history import StatusHistory
from resumes.fulltext import WordsField


class Status(models.TextChoices):
    PENDING = "pending", _("Waiting")
    PARSING = "parsing", _("Being read")
    PARSED = "parsed", _("Ready")
    INTERVIEW_SCHEDULED = "interview_scheduled", _("Interview begun")
    INTERVIEWED = "interviewed", _("Interviewed")
    FAILED = "failed", _("Not readable")


#: What "parsed" means in any check of the API: a resume that is read can be interviewed about, again too. As reached.
USABLE = (Status.PARSED, Status.INTERVIEW_SCHEDULED, Status.INTERVIEWED)
UNFINISHED = (Status.PENDING, Status.PARSING)


def path_of(_row: models.Model, _filename: str) -> str:
    """Where a file is stored: nothing of the person's own file name, which may hold their name."""
    return f"resumes/{uuid.uuid4().hex}"


class Resume(models.Model):
    """One uploaded document. `status` is changed by `resumes.domain.lifecycle` only.

    `status_reason` holds a machine code (see `resumes.domain.reasons`); a person reads its translated text.
    `profile` is JSON Resume v1. `years` (of work) and `ResumeSkill` repeat parts of it for filters.
    `attempts` counts readings: a result is kept only if no later reading has begun. Of these, `broken_off` ended
    without a fault of the file's.
    `sources` tells of each value of the profile where it came from, by its JSON pointer: `{page, start, end, box}` with
    offsets into `text` (see `resumes.domain.sources`), or `{"corrected": true}` for what its owner wrote.
    `read_by` is `offline`, `ocr` or a model's name. `findings` quote what `flagged` a resume, for recruiters only.
    `owner` is nobody for one that a recruiter imported, until it is handed over (see `resumes.domain.handover`).
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="resumes",
        verbose_name=_("candidate"),
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    name = models.CharField(_("name"), max_length=200)
    expected_position = models.CharField(_("expected position"), max_length=200, blank=True)
    file = models.FileField(_("file"), upload_to=path_of)
    file_name = models.CharField(_("file name"), max_length=255)
    content_type = models.CharField(_("content type"), max_length=100)
    size = models.PositiveIntegerField(_("size (bytes)"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.PENDING)
    status_reason = models.CharField(_("reason"), max_length=64, blank=True)
    status_changed_at = models.DateTimeField(_("status since"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("readings"), default=0)
    broken_off = models.PositiveSmallIntegerField(_("readings broken off"), default=0)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, blank=True)
    years = models.FloatField(_("years of work"), null=True, blank=True)
    read_by = models.CharField(_("read by"), max_length=100, blank=True)
    flagged = models.BooleanField(_("flagged"), default=False, db_index=True)
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    # The long ones last: SQLite reads a row up to the column that is asked for.
    text = models.TextField(_("text"), blank=True)
    profile = models.JSONField(_("profile"), default=dict, blank=True)
    warnings = models.JSONField(_("warnings"), default=list, blank=True)
    sources = models.JSONField(_("where from"), default=dict, blank=True)
    findings = models.JSONField(_("suspicious text"), default=list, blank=True)

    class Meta:
        verbose_name = _("resume")
        verbose_name_plural = _("resumes")
        ordering = ["-updated_at", "-id"]
        indexes = [
            models.Index(fields=["owner", "-updated_at"]),
            models.Index(fields=["status", "status_changed_at"]),
            models.Index(fields=["-updated_at", "-id"]),  # the order of recruiters' lists, and what the index missed
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_usable(self) -> bool:
        """Whether an interview can be held on it."""
        return self.status in USABLE

    @property
    def is_unfinished(self) -> bool:
        """Whether its reading is still to come or going on."""
        return self.status in UNFINISHED


class ResumeSkill(models.Model):
    """One skill of a resume: `key` is the taxonomy's key, or the skill in lower case where the taxonomy lacks it."""

    resume = models.ForeignKey(Resume, on_delete=models.CASCADE, related_name="skills")
    key = models.CharField(_("skill"), max_length=100, db_index=True)

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["resume", "key"], name="one_skill_a_resume")]

    def __str__(self) -> str:
        return self.key


class ResumeStatusChange(StatusHistory):
    """History of `Resume.status`."""

    STATES = Status

    resume = models.ForeignKey(Resume, on_delete=models.CASCADE, related_name="history")


class ResumeWords(models.Model):
    """What full-text search looks up, written by `resumes.domain.words` only."""

    resume = models.OneToOneField(Resume, on_delete=models.CASCADE, primary_key=True, related_name="words")
    words = WordsField(blank=True)

    def __str__(self) -> str:
        return str(self.pk)


class VectorIndex(models.Model):
    """Vectors of all resumes by one model, and how far they are made.

    `sequence` numbers the changes, in the order of their commits: a process asks for what is above the last number it
    has seen; `pushed` is the last that an external store has. `cursor` is the last resume that building has come to,
    `swept_until` how far changes are known to be in. `busy_until` and `pushing_until` are leases of one process.
    """

    class State(models.TextChoices):
        BUILDING = "building", _("Being built")
        SERVING = "serving", _("In use")
        RETIRED = "retired", _("To be removed")

    model = models.CharField(_("model"), max_length=200, unique=True)
    dimensions = models.PositiveIntegerField(_("dimensions"))
    state = models.CharField(_("status"), max_length=10, choices=State.choices, default=State.BUILDING)
    sequence = models.BigIntegerField(default=0)
    pushed = models.BigIntegerField(default=0)
    total = models.PositiveIntegerField(_("resumes"), default=0)
    done = models.PositiveIntegerField(_("indexed"), default=0)
    failed = models.PositiveIntegerField(_("left out"), default=0)
    cursor = models.BigIntegerField(default=0)
    swept_until = models.DateTimeField(default=timezone.now)
    busy_until = models.DateTimeField(default=timezone.now)
    pushing_until = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("search index")
        verbose_name_plural = _("search indexes")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=models.Q(state="serving"), name="one_index_serves"),
        ]

    def __str__(self) -> str:
        return self.model


class ResumeVector(models.Model):
    """One resume's vector in half precision, and what a search by meaning filters by.

    `resume_id` is no foreign key: an empty vector tells other processes that the resume is gone. `digest` is of the
    text the vector was made of.
    """

    index = models.ForeignKey(VectorIndex, on_delete=models.CASCADE, related_name="vectors")
    resume_id = models.BigIntegerField()
    sequence = models.BigIntegerField()
    vector = models.BinaryField()
    digest = models.BinaryField(max_length=16)
    skills = models.TextField(blank=True)
    years = models.FloatField(null=True)
    language = models.CharField(max_length=8, blank=True)
    status = models.CharField(max_length=20)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["index", "resume_id"], name="one_vector_a_resume")]
        indexes = [models.Index(fields=["index", "sequence"])]

    def __str__(self) -> str:
        return f"{self.resume_id}: {self.sequence}"


class ResumeMark(models.Model):
    """What two copies of a resume, or two resumes of one person, have in common, as a number that an index finds.

    Written by `resumes.domain.duplicates` only. `email` and `phone` are keyed hashes, `text` is one band of the words'
    MinHash; `none` says that there was nothing to mark.
    """

    class Kind(models.TextChoices):
        NONE = "none"
        EMAIL = "email"
        PHONE = "phone"
        TEXT = "text"

    resume = models.ForeignKey(Resume, on_delete=models.CASCADE, related_name="marks")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    value = models.BigIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["value", "kind", "resume"], name="one_mark_a_resume")]

    def __str__(self) -> str:
        return f"{self.resume_id}: {self.kind}"


class Duplicate(models.Model):
    """Two resumes that seem to be one person's, and what a recruiter says of it. `first` is the older one.

    Written by `resumes.domain.duplicates` only. `likeness` is the share of their word sequences that both texts have.
    """

    class Verdict(models.TextChoices):
        OPEN = "", _("Not decided")
        SAME = "same", _("The same person")
        DIFFERENT = "different", _("Different people")

    first = models.ForeignKey(Resume, on_delete=models.CASCADE, related_name="+", verbose_name=_("older resume"))
    second = models.ForeignKey(Resume, on_delete=models.CASCADE, related_name="+", verbose_name=_("newer resume"))
    same_email = models.BooleanField(_("same e-mail"), default=False)
    same_phone = models.BooleanField(_("same telephone"), default=False)
    likeness = models.FloatField(_("texts alike"), default=0.0)
    verdict = models.CharField(_("decision"), max_length=10, choices=Verdict.choices, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    found_at = models.DateTimeField(_("found"), default=timezone.now)

    class Meta:
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        ordering = ["-found_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="one_verdict_a_pair")]
        indexes = [models.Index(fields=["verdict", "-found_at"])]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"


class ImportBatch(models.Model):
    """Files that a recruiter gave at once. The numbers repeat what the items say (see `resumes.domain.imports`).

    `moved_at` is the last sign of life of whoever works on it.
    """

    class Status(models.TextChoices):
        RUNNING = "running", _("Running")
        FINISHED = "finished", _("Finished")

    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.RUNNING)
    total = models.PositiveIntegerField(_("files"), default=0)
    done = models.PositiveIntegerField(_("imported"), default=0)
    duplicates = models.PositiveIntegerField(_("already there"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("import of resumes")
        verbose_name_plural = _("imports of resumes")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["status", "moved_at"])]

    def __str__(self) -> str:
        return str(self.pk)


class ImportItem(models.Model):
    """One file of an import. `file` holds it until a resume takes it over.

    `reason` is a machine code (see `resumes.domain.imports.reasons`). An `unpacked` item is an archive that became
    other items; `entry` is an item's number in its archive.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        READING = "reading", _("Being read")
        DONE = "done", _("Imported")
        DUPLICATE = "duplicate", _("Already there")
        FAILED = "failed", _("Failed")
        UNPACKED = "unpacked", _("Unpacked")

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="items")
    archive = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="+")
    entry = models.PositiveIntegerField(null=True)
    file_name = models.CharField(_("file name"), max_length=255)
    file = models.FileField(_("file"), upload_to=path_of, blank=True)
    size = models.PositiveBigIntegerField(_("size (bytes)"), default=0)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.WAITING)
    status_changed_at = models.DateTimeField(_("status since"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("readings"), default=0)
    reason = models.CharField(_("reason"), max_length=64, blank=True)
    # An erased resume takes along what names its person: the file name.
    resume = models.ForeignKey(Resume, on_delete=models.CASCADE, null=True, related_name="import_items")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["archive", "entry"], name="one_item_an_entry"),
            models.UniqueConstraint(
                fields=["sha256"], condition=models.Q(status="reading"), name="one_reading_a_content"
            ),
        ]
        indexes = [
            models.Index(fields=["batch", "status", "id"]),
            models.Index(fields=["status", "status_changed_at"]),
            models.Index(fields=["sha256"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)
