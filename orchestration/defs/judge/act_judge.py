"""The judge: trained from the bank, and in force once it is no worse than the one before. Not part of the night."""

import dagster as dg
from pydantic import Field

from orchestration import owners
from orchestration.resources.lakehouse import Lakehouse


class JudgeConfig(dg.Config):
    """What the judge learns from, and how long."""

    epochs: int = Field(default=4, ge=1, description="How often it sees each item; 4 take some minutes a core.")
    seed: int = Field(
        default=0, description="Seed of order, noise and first weights: the same items and seed, the same judge."
    )
    threads: int = Field(default=1, ge=1, description="CPU threads the training may take.")
    own: str | None = Field(
        default=None, description="Folder of the team's own items, *.jsonl in the form of training/acts/bank."
    )
    persuasion: str | None = Field(
        default=None, description="persuader_sentences.csv of Persuasion for Good, learned from beside."
    )


@dg.asset(group_name="judge", kinds={"python", "pytorch"}, owners=owners.QUALITY, pool="judge")
def act_judge(config: JudgeConfig, lakehouse: dg.ResourceParam[Lakehouse]) -> dg.MaterializeResult[None]:
    """The act model of this deployment, trained into `models/acts` of the home; it does not judge yet."""
    from training.acts.fit import Plan
    from training.acts.retrain import LearnedFrom, figures_of, retrain

    plan = Plan(epochs=config.epochs, seed=config.seed, threads=config.threads)
    folder = retrain(lakehouse.settings().home, LearnedFrom(config.own, config.persuasion), plan)
    figures = {f"macro_f1/{head}": found["macro_f1"] for head, found in figures_of(folder).items()}
    return dg.MaterializeResult(
        metadata={"folder": dg.MetadataValue.path(str(folder)), **figures},
        data_version=dg.DataVersion(folder.name),
    )


@dg.asset(deps=[act_judge], group_name="judge", kinds={"python"}, owners=owners.QUALITY, pool="judge")
def judge_in_force(lakehouse: dg.ResourceParam[Lakehouse]) -> dg.MaterializeResult[None]:
    """The act model that judges from the next call on: the one trained last, once it was found no worse."""
    from training.acts.retrain import let_judge

    folder = let_judge(lakehouse.settings().home)
    return dg.MaterializeResult(
        metadata={"folder": dg.MetadataValue.path(str(folder))}, data_version=dg.DataVersion(folder.name)
    )


judge = dg.define_asset_job(
    "judge",
    selection=dg.AssetSelection.groups("judge"),
    description="Train the act model from the bank and the team's items; it judges if it is no worse than before.",
)
