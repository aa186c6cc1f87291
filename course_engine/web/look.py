"""How certificates look, as the site file says: read, and checked, when the site starts."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    model_validator,
)

from course_engine.certificates.design import DESIGNS, Design, Orientation, PageSize, Picture
from course_engine.certificates.styles import LEAST_CONTRAST, faint, style_of
from course_engine.press.faults import DesignFaulty
from course_engine.web import pictures

Line = Annotated[str, Field(min_length=1, max_length=200)]


def _near(written: Any, info: ValidationInfo) -> Path:
    """Find a file that the site file names, beginning from the site file's own folder."""
    return Path((info.context or {}).get("folder", ".")) / str(written)


def _picture(written: Any, info: ValidationInfo) -> Picture:
    return written if isinstance(written, Picture) else pictures.read(_near(written, info))


def _folder(path: Path) -> Path:
    if not path.is_dir():
        raise ValueError(f"there is no folder {path}")
    return path


PictureFile = Annotated[Picture, BeforeValidator(_picture)]
StyleFolder = Annotated[Path, BeforeValidator(_near), AfterValidator(_folder)]
Color = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$"), AfterValidator(str.lower)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Signatory(_Part):
    """Who signs certificates, with a picture of the signature if there is one."""

    name: Line
    title: Line
    signature: PictureFile | None = None


class Logo(_Part):
    """The organization's logo, and words for people who cannot see it."""

    file: PictureFile
    alternative: Line


class Colors(_Part):
    """Colors in place of the style's own, such as "#1f5650"."""

    ink: Color | None = None
    quiet: Color | None = None
    accent: Color | None = None
    ornament: Color | None = None
    background: Color | None = None


class Look(_Part):
    """The section ``certificate`` of the site file."""

    style: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,40}$")] = "classic"
    orientation: Orientation = "landscape"
    paper: PageSize | None = None
    folder: StyleFolder = DESIGNS
    logo: Logo | None = None
    colors: Colors = Colors()
    cosignatory: Signatory | None = None

    def design(
        self,
        paper: PageSize,
        signatories: tuple[Signatory, ...],
        *,
        style: str | None = None,
        orientation: Literal["landscape", "portrait"] | None = None,
    ) -> Design:
        """Return the design, on the site's paper unless the section names another."""
        logo = None
        if self.logo:
            logo = Picture(
                content=self.logo.file.content,
                media_type=self.logo.file.media_type,
                alternative=self.logo.alternative,
            )
        return Design(
            style=style or self.style,
            orientation=orientation or self.orientation,
            page_size=self.paper or paper,
            folder=self.folder,
            colors=tuple(self.colors.model_dump(exclude_none=True).items()),
            logo=logo,
            signatures=tuple(one.signature for one in signatories),
        )

    @model_validator(mode="after")
    def _can_be_printed(self) -> "Look":
        try:
            style = style_of(self.design("A4", ()))
        except DesignFaulty as error:
            raise ValueError(str(error).rstrip(".")) from error
        if weak := faint(style.colors):
            raise ValueError(
                f"colors: {' and '.join(weak)} cannot be read well on the background "
                f"{style.colors.background}. The contrast has to be at least {LEAST_CONTRAST} to 1"
            )
        return self
