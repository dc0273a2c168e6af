"""The error family: what a user can cause, each kind with its exit code.

A message says what, where and what to do, and never quotes a cell's content. Problems of one kind
are collected and shown together.
"""


class PipelineError(Exception):
    """Something the user can cause and mend. `exit_code` is what the process returns."""

    exit_code = 1

    def __init__(self, problems: str | list[str]) -> None:
        self.problems = [problems] if isinstance(problems, str) else list(problems)
        super().__init__("\n".join(self.problems))


class UsageError(PipelineError):
    """Wrong command line, setting or registry entry."""

    exit_code = 10


class DeliveryError(PipelineError):
    """A delivery cannot be read or must be refused."""

    exit_code = 11


class RuleError(PipelineError):
    """A critical rule of expectations/ is broken."""

    exit_code = 12


class VerificationError(PipelineError):
    """Something written earlier is no longer what was recorded."""

    exit_code = 13


class DisclosureError(PipelineError):
    """The check of the published tables found a figure that must not be shown."""

    exit_code = 14


class CannotJudgeError(PipelineError):
    """A check could not be carried out, so there is no verdict."""

    exit_code = 15


class LockedError(PipelineError):
    """Another run holds the lock."""

    exit_code = 75
