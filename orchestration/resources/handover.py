"""What steps hand each other: nothing. All they know of each other is in the lake."""

from typing import Any, NoReturn

import dagster as dg


class _Nothing(dg.IOManager):
    def handle_output(self, context: dg.OutputContext, obj: Any) -> NoReturn:
        raise NotImplementedError(f"{context.step_key} hands a value on: write it to the lake instead")

    def load_input(self, context: dg.InputContext) -> NoReturn:
        raise NotImplementedError(f"{context.name} asks for a value: read it from the lake instead")


@dg.io_manager
def nothing_is_handed_over(_: dg.InitResourceContext) -> dg.IOManager:
    """Instead of Dagster's own, which pickles values into whatever folder a run's configuration names."""
    return _Nothing()
