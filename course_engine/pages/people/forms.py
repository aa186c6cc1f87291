"""The forms of the people pages."""

from flask_babel import lazy_gettext as _
from wtforms import SelectChoice, SelectMultipleField, StringField, validators

from course_engine.records.people import Role
from course_engine.web.forms import Form, one_line

ROLES = (
    (Role.TRAINEE, _("Trainee"), _("takes courses")),
    (Role.AUTHOR, _("Author"), _("writes courses")),
    (Role.ASSESSOR, _("Assessor"), _("reads written answers and watches role-plays")),
    (Role.COORDINATOR, _("Coordinator"), _("runs cohorts and certificates")),
    (Role.ADMINISTRATOR, _("Administrator"), _("runs the site")),
)
# One plain address: nothing that a mail program could read as two, or as a name beside it.
PLAIN_ADDRESS = r"[^@\s,;:<>()\[\]\\\"]+@[^@\s,;:<>()\[\]\\\"]+"


def _roles() -> SelectMultipleField:
    return SelectMultipleField(
        _("What they may do"),
        choices=[
            SelectChoice(role.value, _("%(role)s: %(does)s", role=name, does=purpose))
            for role, name, purpose in ROLES
        ],
    )


class NamesForm(Form):
    """A person's two names, corrected by an administrator."""

    legal_name = one_line(
        _("Legal name"),
        description=_("As on their photo ID. Certificates that were issued keep the old name."),
        autocomplete="off",
    )
    used_name = one_line(
        _("Name they go by"),
        required=False,
        description=_("Leave this empty if it is the same."),
        autocomplete="off",
    )


class RolesForm(Form):
    """What a person may do here."""

    roles = _roles()


class InviteForm(Form):
    """Whom to ask in, and as what."""

    email = one_line(_("E-mail address"), most=254, type="email", autocomplete="off")
    name = one_line(
        _("Their name"),
        required=False,
        description=_("If you know it. They can change it when they make their account."),
        autocomplete="off",
    )
    roles = _roles()

    def validate_email(self, field: StringField) -> None:
        """Refuse what is not one plain address."""
        validators.Regexp(
            rf"^{PLAIN_ADDRESS}$", message=_("This does not look like an e-mail address.")
        )(self, field)

    def validate_roles(self, field: SelectMultipleField) -> None:
        """Refuse an invitation to nothing."""
        if not field.data:
            raise validators.ValidationError(_("Choose at least one role."))


def chosen(form: RolesForm | InviteForm) -> frozenset[Role]:
    """Return the roles that were ticked."""
    return frozenset(Role(value) for value in form.roles.data or ())
