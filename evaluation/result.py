"""What a task gives back: one measured thing on one labelled set."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its 95 % interval. `low` and `high` are None where it could not be bootstrapped."""

    value: float
    low: float | None = None
    high: float | None = None

    def __str__(self) -> str:
        if self.low is None or self.high is None:
            return f"{self.value:.2f}"
        return f"{self.value:.2f} [{self.low:.2f}, {self.high:.2f}]"


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """Precision and recall (0–1; None where nothing was predicted or labelled so) of one label, n labelled so."""

    precision: float | None
    recall: float | None
    n: int


@dataclass(frozen=True, slots=True)
class TaskResult:
    """One task on one set.

    macro_f1 and kappa are over all n items, abstained ones with the label the judge leaned to; `abstention_rate` is
    the share it would leave unsaid. `baselines` are macro-F1 on the same items in the same run; `references` are
    what people or published systems reach, by name. `figures` holds what the task measures besides (AUC, DER,
    shares): a number or an Interval. n = 0 with a note: the set was not there.
    """

    task: str
    data: str
    n: int
    macro_f1: float | None = None
    kappa: Interval | None = None
    kappa_weights: str | None = None
    per_class: dict[str, ClassFigures] = field(default_factory=dict)
    abstention_rate: float | None = None
    baselines: dict[str, float] = field(default_factory=dict)
    references: dict[str, float] = field(default_factory=dict)
    figures: dict[str, float | Interval] = field(default_factory=dict)
    reach_for: str = ""
    note: str = ""
