"""Imports a folder or a ZIP archive of resumes, or goes on with imports that were broken off."""

import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import User
from resumes.domain.imports import reasons, running, taking
from resumes.domain.imports.archives import MOST_FILES
from resumes.domain.imports.leases import Lease, stale
from resumes.domain.imports.progress import Progress
from resumes.models import ImportBatch, ImportItem


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, help="a folder (with those in it), an archive, or one file")
        parser.add_argument("--as", dest="email", default="", help="the recruiter who imports, by e-mail")
        parser.add_argument("--detach", action="store_true", help="leave the work to the running server")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["path"] is None:
            self._go_on_with_broken_off()
            return
        batch = self._taken(options["path"], self._recruiter(options["email"]), detach=options["detach"])
        self.stdout.write(_("Import %(number)d: %(count)d files") % {"number": batch.pk, "count": batch.total})
        if not options["detach"]:
            self._follow(Lease(batch.pk, batch.moved_at))

    def _recruiter(self, email: str) -> User | None:
        if not email:
            return None
        user = User.objects.filter(email=User.objects.normalise(email), is_active=True).first()
        if user is None or not user.is_recruiter:
            raise CommandError(_("No recruiter has an account with this e-mail."))
        return user

    def _taken(self, path: Path, recruiter: User | None, *, detach: bool) -> ImportBatch:
        if not path.exists():
            raise CommandError(_("There is no such file or folder."))
        paths = paths_of(path)
        if len(paths) > MOST_FILES:
            raise CommandError(_("An import holds at most 10,000 files. Divide the folder into several."))
        try:
            batch = taking.begin(recruiter)
            taking.take(batch, opened(paths), wake=detach)
        except taking.ImportRefused as error:
            raise CommandError(str(error)) from error
        batch.refresh_from_db()
        return batch

    def _go_on_with_broken_off(self) -> None:
        leases = stale()
        for lease in leases:
            self.stdout.write(_("Import %(number)d goes on") % {"number": lease.batch_id})
            self._follow(lease)
        if not leases:
            self.stdout.write(_("No import was broken off."))

    def _follow(self, lease: Lease) -> None:
        """Work through the import, one line a turn."""
        while (left := self._turn(lease)) is not running.Left.NOTHING:
            self._tell(lease.batch_id)
            if left is running.Left.BUSY or running.somebody_waits():
                time.sleep(1)  # for the other import, or for the server's own worker
        self._tell(lease.batch_id)
        self._tell_failures(lease.batch_id)

    def _turn(self, lease: Lease) -> running.Left:
        try:
            return running.go_on(lease)
        except OSError as error:
            if error.errno not in taking.FULL:
                raise
            raise CommandError(
                _("The disk is full. Make room, then go on with this command without a folder.")
            ) from error

    def _tell(self, batch_id: int) -> None:
        batch = ImportBatch.objects.filter(pk=batch_id).first()
        if batch is not None:
            told = Progress(batch)
            self.stdout.write(f"{told.percent:3}%  {told.line()}")
            self.stdout.flush()

    def _tell_failures(self, batch_id: int) -> None:
        for item in ImportItem.objects.filter(batch_id=batch_id).select_related("resume").order_by("pk"):
            if item.status == ImportItem.Status.FAILED:
                self.stdout.write(f"  {item.file_name}: {reasons.text(item.reason)}")
            elif item.status == ImportItem.Status.DUPLICATE:
                self.stdout.write(f"  {item.file_name}: {item.get_status_display()}: {item.resume}")


def paths_of(path: Path) -> list[Path]:
    """The files of a folder and those in it, hidden ones left out."""
    if not path.is_dir():
        return [path]
    return sorted(one for one in path.rglob("*") if one.is_file() and not is_hidden(one.relative_to(path)))


def is_hidden(path: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.parts)


def opened(paths: list[Path]) -> Iterator["File[Any]"]:
    for path in paths:
        yield File(path.open("rb"), name=path.name)
