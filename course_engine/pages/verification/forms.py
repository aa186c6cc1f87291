"""The forms of the public check."""

from flask_babel import lazy_gettext as _
from wtforms import FileField, validators

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


class FileForm(Form):
    """The certificate itself."""

    document = FileField(
        _("File"),
        [validators.InputRequired()],
        description=_("The PDF, or the credential as JSON, PNG or SVG. At most 2 MB."),
        render_kw={"accept": ".pdf,.json,.png,.svg"},
    )
