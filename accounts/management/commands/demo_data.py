"""Demo accounts with random passwords, made once and kept in the data folder."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from accounts.domain.people import make_demo_accounts


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        rows = make_demo_accounts(settings.DATA_DIR / "demo_accounts.tsv")
        for role, email, password in rows:
            self.stdout.write(f"  {role:<14} {email:<24} {password}")
