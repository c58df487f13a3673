"""Sending by SMTP (RFC 5321); smtplib is imported only here."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from email.message import EmailMessage
from uuid import UUID

from services.notify.send_error import SendFailed
from services.notify.settings import MailUrl

TIMEOUT = 10.0


class SmtpTransport:
    """One connection for each mail, every step limited to ten seconds."""

    def __init__(self, url: MailUrl) -> None:
        self._url = url

    def send(self, mail: UUID, message: EmailMessage) -> None:
        """Raises `SendFailed`, permanent when the server refuses recipient or content with a 5xx answer."""
        client = self._connect()
        try:
            client.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code, reason = next(iter(error.recipients.values()))
            raise SendFailed(_sentence(code, reason), permanent=code >= 500) from error
        except smtplib.SMTPDataError as error:
            raise SendFailed(_sentence(error.smtp_code, error.smtp_error), permanent=error.smtp_code >= 500) from error
        except smtplib.SMTPNotSupportedError as error:
            raise SendFailed(str(error), permanent=True) from error
        except smtplib.SMTPResponseException as error:
            raise SendFailed(_sentence(error.smtp_code, error.smtp_error)) from error
        except (smtplib.SMTPException, OSError) as error:
            raise SendFailed(str(error) or type(error).__name__, down=True) from error
        else:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                client.quit()  # the mail is taken, whatever the server says to this
        finally:
            client.close()

    def _connect(self) -> smtplib.SMTP:
        url = self._url
        try:
            client = smtplib.SMTP_SSL(url.host, url.port, timeout=TIMEOUT, context=ssl.create_default_context()) \
                if url.scheme == "smtps" else smtplib.SMTP(url.host, url.port, timeout=TIMEOUT)  # fmt: skip
        except (smtplib.SMTPException, OSError) as error:
            raise SendFailed(str(error) or type(error).__name__, down=True) from error
        try:
            if url.starttls:
                client.starttls(context=ssl.create_default_context())
            if url.user:
                client.login(url.user, url.password)
        except (smtplib.SMTPException, OSError) as error:
            client.close()
            raise SendFailed(str(error) or type(error).__name__, down=True) from error
        return client


def _sentence(code: int, reason: bytes | str) -> str:
    text = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
    return f"{code} {text}"[:500]
