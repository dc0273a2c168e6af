"""The child process: python -m pipeline.quality JOB (the protocol stands in child.py)."""

import json
import os
import sys

from pipeline.errors import CannotJudgeError, PipelineError
from pipeline.quality.suite import serve

# How far the check steps back behind the stages that run beside it (0 to 19).
NICE = 10


def main() -> int:
    """Serve the job with standard output kept for the answer alone; return the exit code.

    What the run computes at the same time goes first: the verdict is needed only at its end.
    """
    os.nice(NICE)
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answer:
        os.dup2(2, 1)

        def say(content: object) -> None:
            answer.write(json.dumps(content) + "\n")
            answer.flush()

        try:
            verdict = serve(
                json.loads(sys.argv[1]),
                sys.stdin,
                lambda done, total: say({"fertig": done, "von": total}),
            )
        except PipelineError as error:
            say({"fehler": error.problems})
            return error.exit_code
        if verdict is None:
            return CannotJudgeError.exit_code
        say(verdict.as_json())
    return 0


if __name__ == "__main__":
    sys.exit(main())
