"""All commands put together."""

import os

import typer

from coachlake.cli import (
    calibrate,
    dbt,
    demo,
    docs,
    eval,
    forget,
    gauntlet,
    init,
    lake,
    landed,
    models,
    practice,
    reading,
    retain,
    roles,
    rubric,
    run,
    serve,
    status,
)
from coachlake.cli.doctor.doctor import doctor
from coachlake.cli.trouble import tell

app = typer.Typer(
    name="coachlake", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="Scores the soft skills in every customer call and shows the second that earned each score.",
)  # fmt: skip
app.command("run")(run.run)
app.command("status")(status.status)
app.command("init")(init.init)
app.command("landed")(landed.landed)
app.command("roles")(roles.roles)
app.command("forget")(forget.forget)
app.command("retain")(retain.retain)
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
app.add_typer(reading.app, name="reading")
app.add_typer(lake.app, name="lake")
app.add_typer(models.app, name="models")
app.add_typer(practice.app, name="practice")


def main() -> None:
    """Entry point of the `coachlake` command. What went wrong is told in a sentence; the stack trace goes to a file.

    What it and its children write is the user's alone (umask 077).
    """
    os.umask(0o077)
    try:
        app()
    except Exception as error:
        tell(error)
        raise SystemExit(2) from None
