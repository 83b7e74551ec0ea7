"""The command line: parse, call, print. Commands load when they are called."""

from __future__ import annotations

import contextlib
import errno
import importlib
import os
import sys

import click

from skillgap import __version__
from skillgap.errors import SkillgapError

_COMMANDS = {
    "analyze": ("skillgap.cli.analyze", "Read job ads: what each asks for, and where to start."),
    "resume": ("skillgap.cli.resume", "Show what a resume shows of each skill, with the line it stands in."),
    "compare": ("skillgap.cli.compare", "Compare a resume with ads: met, close, missing, what to do next."),
    "plan": ("skillgap.cli.plan", "Make a dated learning plan; plan done STEP notes what is finished."),
    "batch": ("skillgap.cli.batch", "Read saved listings by the hundred: what they ask for, near copies."),
    "evaluate": ("skillgap.cli.evaluate", "Measure the reading on ads labelled by hand."),
    "demo": ("skillgap.cli.analyze", "Run the main job on a sample ad."),
    "roadmap": ("skillgap.cli.browse", "Show the roadmap, or what one step teaches."),
    "roles": ("skillgap.cli.browse", "Show the role types, or what one needs, pays and is tested on."),
    "schema": ("skillgap.cli.browse", "Print the JSON Schema of a record."),
    "taxonomy": ("skillgap.cli.taxonomy", "Look into the skill taxonomy and check it."),
}
_INTERRUPTED = 130
_EXAMPLES = """\
skillgap reads AI-engineering job ads on your machine; nothing leaves it.

  skillgap demo                      see a report on a sample ad
  skillgap analyze ad.txt            read an ad that you saved as text
  skillgap analyze                   paste an ad
  skillgap roadmap llm.rag           see what a roadmap step teaches

All commands: skillgap --help
"""


class LazyGroup(click.Group):
    """A group whose commands are imported only when they run."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        entry = _COMMANDS.get(cmd_name)
        if entry is None:
            return None
        command = getattr(importlib.import_module(entry[0]), cmd_name)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS:
            import difflib

            near = difflib.get_close_matches(args[0], _COMMANDS, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            if "." in args[0] or "/" in args[0]:
                hint = f" To read a file: skillgap analyze {args[0]}"
            raise click.UsageError(f"There is no command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)
@click.version_option(__version__, prog_name="skillgap")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Read AI-engineering job ads: what they ask for, and what to learn first.

    Everything runs on this machine; nothing is sent anywhere.
    """
    if ctx.invoked_subcommand is None:
        click.echo(_EXAMPLES, nl=False)


def main() -> None:
    """Entry point: whatever goes wrong becomes one sentence on stderr and its exit code."""
    try:
        sys.exit(_run())
    except SkillgapError as error:
        _complain(str(error))
        sys.exit(error.exit_code)
    except click.exceptions.Abort:
        sys.exit(_INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except OSError as error:
        _silence()
        if error.errno == errno.EPIPE:  # the reader of our pipe has seen enough
            sys.exit(0)
        _complain(f"the output can't be written ({error.strerror}); is the disk full?")
        sys.exit(3)


def _run() -> int:
    result = cli.main(prog_name="skillgap", standalone_mode=False)
    if sys.stdout is not None:
        sys.stdout.flush()
    return result if isinstance(result, int) else 0


def _complain(text: str) -> None:
    from skillgap.rendering.terminal import say

    if sys.stderr is not None:
        say(f"skillgap: {text}", stream=sys.stderr)


def _silence() -> None:
    """Keep the interpreter from flushing a broken stdout once more when it ends."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
