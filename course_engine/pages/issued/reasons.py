"""The closed list of reasons for which a certificate may be withdrawn."""

from typing import Any

from flask_babel import lazy_gettext as _

REASONS: dict[str, Any] = {
    "issued-in-error": _("Issued in error"),
    "assessment-misconduct": _("Misconduct in an assessment"),
    "fraud": _("Fraud"),
    "duplicate": _("Duplicate of another certificate"),
}
