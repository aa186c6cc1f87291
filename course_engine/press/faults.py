"""What goes wrong with printing that the person who asked cannot mend."""


class PrintingFault(RuntimeError):
    """Nothing was printed, because of the machine or the template; one line says what to do."""


class DesignFaulty(PrintingFault):
    """The template asks for what cannot be printed; nothing is printed rather than a part."""
