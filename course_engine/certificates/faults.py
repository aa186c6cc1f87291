"""What goes wrong with printing that the person who asked cannot mend."""


class PrintingFault(RuntimeError):
    """Nothing was printed, because of the machine or the template; one line says what to do."""
