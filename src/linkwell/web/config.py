"""Every setting Linkwell reads from its environment, in one place, with its meaning.

The reference page of settings is made from this list, so a setting cannot exist without its documentation.
"""

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """An environment variable: its name, what happens without it, and what it is for."""

    name: str
    default: str
    words: str

    @property
    def value(self) -> str:
        return os.environ.get(self.name, self.default)

    @property
    def on(self) -> bool:
        return self.value.lower() in {"1", "yes", "true", "on"}

    @property
    def number(self) -> int:
        return int(self.value)


def _setting(name: str, default: str, words: str) -> Setting:
    setting = Setting(f"LINKWELL_{name}", default, words)
    ALL.append(setting)
    return setting


ALL: list[Setting] = []

HOME = _setting("HOME", "", "Folder of the embedded database, files, keys and backups.")
DATABASE_URL = _setting(
    "DATABASE_URL", "", "Address of another PostgreSQL (16 or later), for the application's own login."
)
DATABASE_ADMIN_URL = _setting("DATABASE_ADMIN_URL", "", "The same database for the login that owns the tables.")
DEMO = _setting(
    "DEMO", "", "Set to 1 to allow one-click demo sign-in; works only on this computer with a fictional database."
)
BIND = _setting("BIND", "127.0.0.1", "Address the web server listens on.")
PORT = _setting("PORT", "8000", "Port the web server listens on.")
ADDRESS = _setting(
    "ADDRESS", "", "The address people type, such as https://linkwell.example.nhs.uk. Links in messages start with it."
)
HOSTS = _setting("HOSTS", "localhost,127.0.0.1", "Host names the web server answers to, with commas between.")
TRUST_PROXY = _setting("TRUST_PROXY", "", "Set to 1 when a proxy in front ends TLS and sets X-Forwarded-Proto.")
IDLE_MINUTES = _setting("IDLE_MINUTES", "20", "Minutes without use after which somebody is signed out.")
WORKERS = _setting("WORKERS", "2", "Web server processes.")
LOG = _setting("LOG", "info", "How much is logged: debug, info, warning or error.")
SMTP_HOST = _setting("SMTP_HOST", "", "Mail server. Without it no e-mail is sent.")
SMTP_PORT = _setting("SMTP_PORT", "587", "Port of the mail server.")
SMTP_USER = _setting("SMTP_USER", "", "Login at the mail server.")
SMTP_PASSWORD = _setting("SMTP_PASSWORD", "", "Password at the mail server.")
SMTP_TLS = _setting("SMTP_TLS", "1", "Set to 0 only for a mail server on this computer without TLS.")
MAIL_FROM = _setting("MAIL_FROM", "linkwell@localhost", "Address that e-mails come from.")
BOUNCE_HOST = _setting(
    "BOUNCE_HOST", "", "IMAP server of the mailbox that MAIL_FROM's returned mail comes to. Empty: it is not read."
)
BOUNCE_PORT = _setting("BOUNCE_PORT", "993", "Port of that server.")
BOUNCE_USER = _setting("BOUNCE_USER", "", "Login of that mailbox.")
BOUNCE_PASSWORD = _setting("BOUNCE_PASSWORD", "", "Password of that mailbox.")
BOUNCE_FOLDER = _setting("BOUNCE_FOLDER", "INBOX", "Folder of that mailbox in which returned mail arrives.")
BOUNCE_TLS = _setting("BOUNCE_TLS", "1", "Set to 0 only for an IMAP server on this computer without TLS.")
NOTIFY_KEY = _setting("NOTIFY_KEY", "", "GOV.UK Notify key. Without it no text or letter is sent.")
NOTIFY_URL = _setting("NOTIFY_URL", "", "Another address of GOV.UK Notify's interface; empty for the usual one.")
NOTIFY_TEXT_TEMPLATE = _setting("NOTIFY_TEXT_TEMPLATE", "", "Template id of a text at GOV.UK Notify: one field, body.")
NOTIFY_LETTER_TEMPLATE = _setting(
    "NOTIFY_LETTER_TEMPLATE", "", "Template id of a letter at GOV.UK Notify: body and address lines."
)
OIDC_ISSUER = _setting(
    "OIDC_ISSUER", "", "OpenID Connect issuer for staff sign-in, such as NHS CIS2. Empty turns it off."
)
OIDC_CLIENT_ID = _setting("OIDC_CLIENT_ID", "", "Client id at the OpenID Connect issuer.")
OIDC_CLIENT_SECRET = _setting("OIDC_CLIENT_SECRET", "", "Client secret at the OpenID Connect issuer.")
OIDC_NAME = _setting("OIDC_NAME", "NHS CIS2", "Name of the OpenID Connect sign-in on the button.")
OIDC_SCOPE = _setting("OIDC_SCOPE", "openid profile email", "What is asked of that issuer, with spaces between.")
OIDC_ACR = _setting("OIDC_ACR", "", "Strength of sign-in asked of that issuer, such as AAL3_ANY at NHS CIS2.")
OIDC_TRUST_EMAIL = _setting(
    "OIDC_TRUST_EMAIL", "", "Set to 1 when that issuer checks every e-mail address without saying so."
)
OIDC_STRONG = _setting(
    "OIDC_STRONG", "", "Set to 1 when that issuer always asks for a second step itself, as NHS CIS2 does."
)
MANY_OPENINGS = _setting(
    "MANY_OPENINGS",
    "40",
    "A lead is told when somebody opens the records of more different people than this in an hour.",
)
RETENTION_ADULT_YEARS = _setting(
    "RETENTION_ADULT_YEARS",
    "8",
    "Years after the last contact for which an adult's record is kept. Check the NHS Records Management Code.",
)
RETENTION_CHILD_AGE = _setting(
    "RETENTION_CHILD_AGE",
    "25",
    "Birthday until which the record of somebody under 18 at the last contact is kept. Check the same code.",
)
RETENTION_REFERRAL_YEARS = _setting(
    "RETENTION_REFERRAL_YEARS", "2", "Years for which a referral is kept that was declined or taken back."
)
STILL_RIGHT_MONTHS = _setting(
    "STILL_RIGHT_MONTHS", "4", "Months after which a group is asked again whether its listing is still right."
)
MAP_TILES = _setting(
    "MAP_TILES",
    "",
    "Address of map tiles, such as https://tiles.example.org/{z}/{x}/{y}.png. Empty: maps are drawn by Linkwell alone,"
    " and nothing is fetched. With it, whoever runs the tiles learns which area is looked at, and browsers may fetch"
    " pictures from there.",
)
MAP_TILES_BY = _setting("MAP_TILES_BY", "", "What whoever runs the tiles wants to be said beside a map.")
FILE_MEGABYTES = _setting("FILE_MEGABYTES", "10", "The largest file that can be attached, in megabytes.")
FILES_EACH = _setting("FILES_EACH", "30", "How many files one referral, support or onward referral can have.")
CLAMD = _setting(
    "CLAMD",
    "",
    "Where ClamAV's clamd listens: host:port, or the path of its socket. Without it no attached file can be opened.",
)
CLAMD_SECONDS = _setting("CLAMD_SECONDS", "60", "Seconds after which a check for viruses is given up and tried later.")
OPEN_UNCHECKED = _setting(
    "OPEN_UNCHECKED",
    "",
    "Set to 1 when attached files may be opened that no scanner has checked yet. The page says so beside each.",
)
BACKUP_PASSPHRASE = _setting(
    "BACKUP_PASSPHRASE", "", "Passphrase of backups, for machines; without it the command asks."
)
METRICS_TOKEN = _setting("METRICS_TOKEN", "", "Bearer token that may read /metrics. Empty turns the page off.")
COUNTRY_PAGE = _setting(
    "COUNTRY_PAGE",
    "",
    "Code of the organisation that adds up areas for the page of them all, /what-changed/. Empty: areas alone.",
)
