"""The form of the public check."""

from flask_babel import lazy_gettext as _

from course_engine.web.forms import Form, one_line


class CheckForm(Form):
    """What stands on the certificate."""

    serial = one_line(
        _("Number"),
        most=40,
        description=_("It begins with CE. Capitals, spaces and hyphens do not matter."),
        autocomplete="off",
        spellcheck="false",
    )
    code = one_line(
        _("Code"),
        most=80,
        description=_("It stands below the number."),
        autocomplete="off",
        spellcheck="false",
    )
