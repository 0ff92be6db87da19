"""How a run can fail before a step has begun. Each message says what to do next."""


class RunError(Exception):
    """A run that can't be started."""


class NoInterpreterError(RunError):
    """The Python that the step should run in can't be used."""
