from django.core.management.base import BaseCommand

from wida.drafts.actions import sweep


class Command(BaseCommand):
    help = "Destroys the drafts that nobody touched for WIDA_DRAFT_DAYS; for once a day."

    def handle(self, *args, **options):
        self.stdout.write(str(sweep()))
