"""Mail: what is sent, and the two ways of sending it."""

import logging
import smtplib
import ssl
import uuid
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from flask import Flask, current_app

from course_engine.settings import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """One message to one person. ``kind`` names it in the log, which holds no addresses."""

    kind: str
    to: str
    subject: str
    body: str


class Sender(Protocol):
    """Whatever takes mail away."""

    def send(self, mail: Mail) -> None:
        """Take one message away, or raise OSError."""


@dataclass(frozen=True, slots=True)
class Outbox:
    """Keeps each mail as a file that any mail program opens: nothing leaves the machine."""

    folder: Path
    sender: str

    def send(self, mail: Mail) -> None:
        """Write the mail under ``instance/outbox``."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.folder / f"{mail.kind}-{uuid.uuid4().hex[:12]}.eml"
        path.write_bytes(bytes(_message(mail, self.sender)))
        log.info("mail kept in the outbox", extra={"mail": mail.kind, "file": path.name})


@dataclass(frozen=True, slots=True)
class Smtp:
    """Hands each mail to a mail server."""

    url: str
    sender: str

    def send(self, mail: Mail) -> None:
        """Send over SMTP, with TLS wherever the server offers it."""
        parts = urlsplit(self.url)
        secure = ssl.create_default_context()
        host = parts.hostname or "localhost"
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, parts.port or 465, timeout=20, context=secure
            )
        else:
            server = smtplib.SMTP(host, parts.port or 587, timeout=20)
        with server:
            if parts.scheme == "smtp" and server.has_extn("starttls"):
                server.starttls(context=secure)
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(_message(mail, self.sender))
        log.info("mail sent", extra={"mail": mail.kind})


def _message(mail: Mail, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, mail.to, mail.subject
    message.set_content(mail.body)
    return message


def init_app(app: Flask, settings: Settings) -> None:
    """Choose the sender: the mail server that is set, or the outbox."""
    app.extensions["mail"] = (
        Smtp(settings.mail_url, settings.mail_from)
        if settings.mail_url
        else Outbox(settings.outbox, settings.mail_from)
    )


def send(mail: Mail) -> bool:
    """Send a mail; say whether it went, because a page must not fail when a mail server does."""
    sender: Sender = current_app.extensions["mail"]
    try:
        sender.send(mail)
    except (OSError, smtplib.SMTPException):
        log.exception("mail could not be sent", extra={"mail": mail.kind})
        return False
    return True
