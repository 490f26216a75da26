"""All commands put together."""

import typer

from coachlake.cli import calibrate, dbt, demo, docs, eval, gauntlet, practice, roles, rubric, run, serve
from coachlake.cli.doctor.doctor import doctor

app = typer.Typer(
    name="coachlake", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="Scores the soft skills in every customer call and shows the second that earned each score.",
)  # fmt: skip
app.command("run")(run.run)
app.command("roles")(roles.roles)
app.command("calibrate")(calibrate.calibrate)
app.command("app")(serve.app)
app.command("dev")(serve.dev)
app.command("docs")(docs.docs)
app.command("doctor")(doctor)
app.command("eval")(eval.evaluate)
app.command("gauntlet")(gauntlet.gauntlet)
app.command("dbt", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(dbt.dbt)
app.add_typer(rubric.app, name="rubric")
app.add_typer(demo.app, name="demo")
app.add_typer(practice.app, name="practice")


def main() -> None:
    """Entry point of the `coachlake` command."""
    app()
