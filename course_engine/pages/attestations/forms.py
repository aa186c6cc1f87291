"""The form under a statement."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, validators

from course_engine.web.forms import Form, one_line


class SignForm(Form):
    """A typed name and a tick: what counts as a signature here."""

    signed_name = one_line(
        _("Type your name to sign"),
        description=_("Your name and today's date are kept with these exact words."),
        autocomplete="name",
    )
    agreed = BooleanField(
        _("I have read this, and I agree."),
        [validators.InputRequired(message=_("Please tick this box if you agree."))],
    )
