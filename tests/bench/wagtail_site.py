"""A Wagtail site with one form page that asks what our help form asks, made by Wagtail's own commands.

In an environment of its own, so that nothing of it is a dependency of ours. Settings as a new project has them
(production settings, SQLite, CSRF), two gunicorn workers; with ``wal`` the database gets WAL and immediate transactions.
"""

import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

NEEDS = ["wagtail>=8,<9", "gunicorn"]
MODELS = '''
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField
from wagtail.models import Page


class HomePage(Page):
    pass


class FormField(AbstractFormField):
    page = ParentalKey("FormPage", on_delete=models.CASCADE, related_name="form_fields")


class FormPage(AbstractForm):
    pass
'''
TEMPLATE = '<form action="{% pageurl page %}" method="post">{% csrf_token %}{{ form.as_p }}<button>Kirim</button></form>'
FIELDS = '''
from home.models import FormField, FormPage, HomePage
home = HomePage.objects.first()
page = home.add_child(instance=FormPage(title="Minta bantuan", slug="bantuan"))
kinds = [("danger", "radio", "yes,no"), ("topic", "radio", "employer,wage,home"), ("story", "multiline", ""),
         ("country", "dropdown", "MY,SG,HK"), ("village", "singleline", ""), ("phone", "singleline", ""),
         ("safe_time", "singleline", ""), ("name", "singleline", ""), ("consent", "checkbox", ""),
         ("language", "hidden", "")]
for number, (name, kind, choices) in enumerate(kinds):
    FormField.objects.create(page=page, sort_order=number, label=name, field_type=kind, required=name != "name",
                             choices=choices)
page.save_revision().publish()
'''
SETTINGS = '''
from .base import *
SECRET_KEY = "bench"
ALLOWED_HOSTS = ["127.0.0.1"]
DEBUG = False
'''
WAL = '''
DATABASES["default"]["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL;"}
'''


class WagtailSite:
    """Made in ``folder``; takes about a minute and needs a package index."""

    def __init__(self, folder: Path):
        self.folder = folder / "site"
        self._python = folder / "env" / "bin" / "python"
        subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
        subprocess.run([self._python, "-m", "pip", "install", "-q", *NEEDS], check=True)
        subprocess.run([folder / "env" / "bin" / "wagtail", "start", "mysite", self._made(self.folder)], check=True,
                       capture_output=True)  # fmt: skip
        self._write()
        for command in (["makemigrations", "home"], ["migrate"]):
            self._manage(*command)
        self._manage("shell", "-c", FIELDS)

    @staticmethod
    def _made(folder: Path) -> Path:
        folder.mkdir()
        return folder

    def _write(self) -> None:
        templates = self.folder / "home" / "templates" / "home"
        (self.folder / "home" / "models.py").write_text(MODELS)
        (templates / "form_page.html").write_text("{% load wagtailcore_tags %}" + TEMPLATE)
        (templates / "form_page_landing.html").write_text("<p>Terima kasih</p>")
        (self.folder / "mysite" / "settings" / "bench.py").write_text(SETTINGS)
        (self.folder / "mysite" / "settings" / "bench_wal.py").write_text(SETTINGS + WAL)

    def _manage(self, *arguments: str) -> None:
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "mysite.settings.bench"}
        subprocess.run([self._python, "manage.py", *arguments], cwd=self.folder, check=True, capture_output=True,
                       env=environment)  # fmt: skip

    def serve(self, port: int, wal: bool) -> subprocess.Popen:
        """gunicorn with two workers."""
        settings = f"mysite.settings.bench{'_wal' * wal}"
        command = [self._python, "-m", "gunicorn", "mysite.wsgi", "-b", f"127.0.0.1:{port}", "-w", "2",
                   "--log-level", "error", "--env", f"DJANGO_SETTINGS_MODULE={settings}"]  # fmt: skip
        return subprocess.Popen(command, cwd=self.folder)

    @staticmethod
    def keys(port: int) -> tuple[str, str]:
        """The form's CSRF token and the cookie that goes with it."""
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/bantuan/", timeout=60) as answer:
            cookie = re.search(r"csrftoken=([^;]+)", answer.headers["Set-Cookie"])[1]
            return re.search(r'csrfmiddlewaretoken" value="([^"]+)', answer.read().decode())[1], cookie

    def stored(self) -> int:
        """How many submissions are in its database."""
        import sqlite3
        from contextlib import closing

        with closing(sqlite3.connect(self.folder / "db.sqlite3")) as database:
            return database.execute("SELECT count(*) FROM wagtailforms_formsubmission").fetchone()[0]
