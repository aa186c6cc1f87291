"""The forms of an account."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import PasswordField, StringField, validators

from course_engine.web import passwords
from course_engine.web.forms import Form, one_line


def _email(**attributes: Any) -> StringField:
    return one_line(
        _("E-mail address"), most=254, type="email", autocomplete="username", **attributes
    )


def new_password() -> PasswordField:
    """Make the field in which a new password is chosen."""
    return PasswordField(
        _("New password"),
        [
            validators.InputRequired(message=_("Please fill this in.")),
            validators.Length(
                min=passwords.LEAST,
                max=passwords.MOST,
                message=_("Use at least %(min)d characters, and at most %(max)d."),
            ),
        ],
        description=_("At least 12 characters. Three or four words in a row work well."),
        render_kw={"autocomplete": "new-password"},
    )


class SignInForm(Form):
    """E-mail address and password."""

    email = _email()
    password = PasswordField(
        _("Password"),
        [
            validators.InputRequired(message=_("Please fill this in.")),
            validators.Length(max=passwords.MOST),
        ],
        render_kw={"autocomplete": "current-password"},
    )


class InvitationForm(Form):
    """What a new person tells about themselves."""

    legal_name = one_line(
        _("Legal name"),
        description=_("As on your photo ID. It is printed on your certificate."),
        autocomplete="name",
    )
    used_name = one_line(
        _("Name you go by"),
        required=False,
        description=_("Leave this empty if it is the same. It is used everywhere else."),
        autocomplete="nickname",
    )
    password = new_password()


class NamesForm(Form):
    """A person's two names."""

    legal_name = one_line(
        _("Legal name"),
        description=_(
            "As on your photo ID. It is printed on certificates that you earn from now on."
        ),
        autocomplete="name",
    )
    used_name = one_line(
        _("Name you go by"),
        description=_("Used everywhere except on certificates."),
        autocomplete="nickname",
    )


class ChangePasswordForm(Form):
    """The password now, and the one to come."""

    password = PasswordField(
        _("Password now"),
        [
            validators.InputRequired(message=_("Please fill this in.")),
            validators.Length(max=passwords.MOST),
        ],
        render_kw={"autocomplete": "current-password"},
    )
    new_password = new_password()


class ForgottenForm(Form):
    """Where a link for a new password should go."""

    email = _email()


class ResetForm(Form):
    """A new password, chosen from a link."""

    new_password = new_password()
