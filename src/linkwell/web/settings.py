"""Django settings. Whatever an installation may change is in `linkwell.web.config`."""

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF
from jinja2 import FileSystemBytecodeCache

from linkwell.accounts.openid_connect import openid_connect
from linkwell.core.postgres.home import layout, linkwell_home
from linkwell.core.postgres.urls import database_urls
from linkwell.kernel.tongue import LOCALE
from linkwell.web import config, secrets

HOME = linkwell_home()
PATHS = layout(HOME)
WEB = Path(__file__).parent

DEBUG = False
DEMO = config.DEMO.on
BIND = config.BIND.value
COUNTRY_PAGE = config.COUNTRY_PAGE.value
SECRET_KEY = secrets.key(PATHS.keys / "session.key")
FIELD_KEYS_FILE = secrets.field_keys(PATHS.keys / "fields.key")
AUDIT_KEY_FILE = secrets.file(PATHS.keys / "audit.key")
LINK_KEY = secrets.key(PATHS.keys / "links.key")
FILES = PATHS.files
AUDIT_HEADS = PATHS.audit_heads
ADDRESS = config.ADDRESS.value or f"http://localhost:{config.PORT.value}"
_HTTPS = ADDRESS.startswith("https://")

ALLOWED_HOSTS = [host.strip() for host in config.HOSTS.value.split(",")]
ROOT_URLCONF = "linkwell.web.urls"
WSGI_APPLICATION = "linkwell.web.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [LOCALE]
TIME_ZONE = "Europe/London"
USE_TZ = True
APPEND_SLASH = True
SILENCED_SYSTEM_CHECKS: list[str] = []

OUR_APPS = [
    "linkwell.core",
    "linkwell.accounts",
    "linkwell.directory",
    "linkwell.people",
    "linkwell.messaging",
    "linkwell.tasks",
    "linkwell.attachments",
    "linkwell.referrals",
    "linkwell.casework",
    "linkwell.onward",
    "linkwell.outcomes",
    "linkwell.hospital",
    "linkwell.groupwork",
    "linkwell.workforce",
    "linkwell.impact",
    "linkwell.showcase",
    "linkwell.evaluations",
    "linkwell.journey",
    "linkwell.web",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    *OUR_APPS,
]
MIDDLEWARE = [
    "linkwell.web.middleware.errors_in_plain_words",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "linkwell.web.middleware.nothing_cached",
    "linkwell.accounts.middleware.SessionThatMayHaveEnded",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "linkwell.accounts.middleware.scope_of_request",
    "linkwell.web.middleware.in_the_language_of_the_reader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [WEB.parent / app.split(".")[-1] / "templates" for app in OUR_APPS],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "linkwell.core.jinja.environment",
            # Compiling them all takes seconds of each process; where there is no home yet, each does.
            "bytecode_cache": FileSystemBytecodeCache(str(PATHS.pages)) if PATHS.pages.is_dir() else None,
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "linkwell.web.context.page",
            ],
        },
    },
    {
        # Only for the plain-text e-mails and fragments inside packages that bring Django templates.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]


# One statement of a page or a job may take this long, and wait this long for a row somebody else holds: a question
# that got out of hand ends, and those behind it go on. Migrations and backups use the other login, without the limit.
_LIMITS = "-c statement_timeout=60s -c lock_timeout=15s -c idle_in_transaction_session_timeout=300s"


def _database(url: str, limits: str = "") -> dict[str, object]:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    if limits:
        options["options"] = f"{options.get('options', '')} {limits}".strip()
    return {
        "ENGINE": "linkwell.core.backend",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": options.pop("port", str(parts.port or "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


_urls = database_urls(HOME)
DATABASES = {"default": _database(_urls.app, _LIMITS), "admin": _database(_urls.admin)}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "web_cache"}}

# Sessions and cookies
IDLE_SECONDS = config.IDLE_MINUTES.number * 60
# Use is noted once in this time, so a session lasts that much longer than its page says.
USE_NOTED_SECONDS = 30
SESSION_COOKIE_AGE = IDLE_SECONDS + USE_NOTED_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_NAME = "__Host-linkwell" if _HTTPS else "linkwell"
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = True
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
SECURE_SSL_REDIRECT = _HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if config.TRUST_PROXY.on else None
SECURE_REFERRER_POLICY = "no-referrer" if not _HTTPS else "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_issuer = ["{0.scheme}://{0.netloc}".format(urlsplit(config.OIDC_ISSUER.value))] if config.OIDC_ISSUER.value else []
_tiles = ["{0.scheme}://{0.netloc}".format(urlsplit(config.MAP_TILES.value))] if config.MAP_TILES.value else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:", *_tiles],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        # A browser follows the redirect to the issuer only if forms may lead there.
        "form-action": [SELF, *_issuer],
        "frame-ancestors": [NONE],
    }
}

# Sign-in
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "linkwell.accounts.passwords.NoPlainPattern"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "linkwell.accounts.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "linkwell.accounts.adapter.SocialAccountAdapter"
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if config.TRUST_PROXY.on else 0
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
_FORMS = "linkwell.accounts.forms.sign_in"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.LoginForm",
    "change_password": f"{_FORMS}.ChangePasswordForm",
    "reset_password": f"{_FORMS}.ResetPasswordForm",
    "reset_password_from_key": f"{_FORMS}.ResetPasswordKeyForm",
    "reauthenticate": f"{_FORMS}.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": f"{_FORMS}.SecondStepForm",
    "reauthenticate": f"{_FORMS}.SecondStepAgainForm",
    "activate_totp": f"{_FORMS}.ActivateAppForm",
    "add_webauthn": f"{_FORMS}.AddPasskeyForm",
    "authenticate_webauthn": f"{_FORMS}.PasskeyStepForm",
    "reauthenticate_webauthn": f"{_FORMS}.PasskeyAgainForm",
    "login_webauthn": f"{_FORMS}.PasskeyLoginForm",
    "edit_webauthn": f"{_FORMS}.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "linkwell.accounts.adapter.SecondStepAdapter"
MFA_TOTP_ISSUER = "Linkwell"
MFA_TOTP_TOLERANCE = 1
MANY_OPENINGS = config.MANY_OPENINGS.number
OIDC_STRONG = config.OIDC_STRONG.on
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _HTTPS
SOCIALACCOUNT_PROVIDERS = openid_connect(
    issuer=config.OIDC_ISSUER.value,
    client_id=config.OIDC_CLIENT_ID.value,
    secret=config.OIDC_CLIENT_SECRET.value,
    name=config.OIDC_NAME.value,
    scope=config.OIDC_SCOPE.value,
    acr=config.OIDC_ACR.value,
    trust_email=config.OIDC_TRUST_EMAIL.on,
)

# Messages out
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = config.SMTP_HOST.value
EMAIL_PORT = config.SMTP_PORT.number
EMAIL_HOST_USER = config.SMTP_USER.value
EMAIL_HOST_PASSWORD = config.SMTP_PASSWORD.value
EMAIL_USE_TLS = config.SMTP_TLS.on
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = config.MAIL_FROM.value
RETENTION_ADULT_YEARS = config.RETENTION_ADULT_YEARS.number
RETENTION_CHILD_AGE = config.RETENTION_CHILD_AGE.number
RETENTION_REFERRAL_YEARS = config.RETENTION_REFERRAL_YEARS.number
STILL_RIGHT_MONTHS = config.STILL_RIGHT_MONTHS.number
MAP_TILES = config.MAP_TILES.value
MAP_TILES_BY = config.MAP_TILES_BY.value
BOUNCE_HOST = config.BOUNCE_HOST.value
BOUNCE_PORT = config.BOUNCE_PORT.number
BOUNCE_USER = config.BOUNCE_USER.value
BOUNCE_PASSWORD = config.BOUNCE_PASSWORD.value
BOUNCE_FOLDER = config.BOUNCE_FOLDER.value
BOUNCE_TLS = config.BOUNCE_TLS.on
NOTIFY_KEY = config.NOTIFY_KEY.value
NOTIFY_URL = config.NOTIFY_URL.value
NOTIFY_TEXT_TEMPLATE = config.NOTIFY_TEXT_TEMPLATE.value
NOTIFY_LETTER_TEMPLATE = config.NOTIFY_LETTER_TEMPLATE.value

# Attached files
FILE_BYTES = config.FILE_MEGABYTES.number * 1_000_000
FILES_EACH = config.FILES_EACH.number
CLAMD = config.CLAMD.value
CLAMD_SECONDS = config.CLAMD_SECONDS.number
# Where everybody is made up and nothing is really kept, files can be tried without a scanner, and the page says so.
OPEN_UNCHECKED = config.OPEN_UNCHECKED.on or (DEMO and not CLAMD)
# A file that is sent is kept in memory, cut short as soon as it is too large, and never written in plain.
FILE_UPLOAD_HANDLERS = ["linkwell.attachments.uploads.CutShort"]
DATA_UPLOAD_MAX_NUMBER_FILES = 5

# The build names each file by its content and compresses it, so it is served from where it was built.
STATIC_URL = "/static/"
STATICFILES_DIRS = [WEB / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"/build/.+-[0-9a-f]{12}\.\w+$"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
LOGGING_CONFIG = None
