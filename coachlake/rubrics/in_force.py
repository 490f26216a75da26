"""The rubrics in force: the files of the rubric folder, or the last good version of one that is broken now."""

from coachlake.rubrics.load import load_rubrics
from coachlake.rubrics.schema import Rubric
from coachlake.settings import Settings


def rubrics_in_force(settings: Settings) -> tuple[dict[str, Rubric], list[str]]:
    """rubric_id → rubric, and what is wrong with each file that could not be used (empty when all is well).

    Raises ValueError where not one rubric is usable: nothing could be scored then.
    """
    found = load_rubrics(settings.rubrics, settings.home / "rubrics" / "last_good")
    problems = [str(problem) for problem in found.problems]
    if not found.rubrics:
        raise ValueError(f"no usable rubric in {settings.rubrics}: " + "; ".join(problems))
    return found.rubrics, problems
