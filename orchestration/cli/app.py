"""All commands put together."""

import typer

from orchestration.cli import dbt, demo, docs, eval, rubric, run, serve

app = typer.Typer(
    name="coachlake", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="Scores the soft skills in every customer call and shows the second that earned each score.",
)  # fmt: skip
app.command("run")(run.run)
app.command("app")(serve.app)
app.command("dev")(serve.dev)
app.command("docs")(docs.docs)
app.command("eval")(eval.evaluate)
app.command("dbt", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(dbt.dbt)
app.add_typer(rubric.app, name="rubric")
app.add_typer(demo.app, name="demo")


def main() -> None:
    """Entry point of the `coachlake` command."""
    app()
