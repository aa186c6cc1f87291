"""The closed lists of reasons for which a certificate may be withdrawn, or issued anew."""

from typing import Any

from flask_babel import lazy_gettext as _

REASONS: dict[str, Any] = {
    "issued-in-error": _("Issued in error"),
    "assessment-misconduct": _("Misconduct in an assessment"),
    "fraud": _("Fraud"),
    "duplicate": _("Duplicate of another certificate"),
}

REISSUE_REASONS: dict[str, Any] = {
    "name-changed": _("The legal name changed"),
    "corrected": _("A mistake on it was corrected"),
    "new-design": _("The design or the signature changed"),
    "new-key": _("The key that signs certificates changed"),
    "grade-repaired": _("A grade was repaired"),
}
"""Why a new certificate may take the place of another; no stranger is told."""
