"""The group of commands: it turns faults into messages and exit codes, and tells of a wrong call what may be meant."""

import difflib
import re
import sys
from typing import Any

import click

from kg.errors import KgError, refused_by_system


class Group(click.Group):
    """A group that prints a KgError as one clear line and ends with its exit code, tells the nearest command and all of each command's line."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a wrong name is answered with what may be meant."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise click.UsageError(f"没有这个命令 · no such command {args[0]!r}; {self.meant(args[0])}", ctx)
        return super().resolve_command(ctx, args)

    def meant(self, name: str) -> str:
        """Say what a wrong name may mean."""
        known = [each for each, command in self.commands.items() if not command.hidden]
        return f"可用 · try: {'、'.join(difflib.get_close_matches(name, known, 3, 0.5) or known)}"

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands, each with the whole first line of its help."""
        with formatter.section("命令 · commands"):
            formatter.write_dl([(name, first_line(command)) for name, command in self.commands.items() if not command.hidden])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; faults in use, and what the system refuses, become a message and an exit code."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            _end(ctx, error)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(0)
        except OSError as error:
            _end(ctx, refused_by_system(error))


def first_line(command: click.Command) -> str:
    return (command.help or "").partition("\n")[0]


def _end(ctx: click.Context, error: KgError) -> None:
    click.echo(f"kg: {error}", err=True)
    ctx.exit(error.exit_code)


_WRONG = (
    (re.compile("No such option"), "没有这个选项"),
    (re.compile("Missing option"), "缺少选项"),
    (re.compile("Missing (?:argument|parameter)"), "缺少参数"),
    (re.compile("Invalid value"), "参数值不对"),
    (re.compile("Got unexpected extra argument"), "多余的参数"),
    (re.compile("requires an argument"), "选项后须有值"),
)


def bilingual(error: click.UsageError) -> click.UsageError:
    """Put Chinese before what click says of a wrong call in English alone."""
    said = error.format_message()
    words = next((words for pattern, words in _WRONG if pattern.search(said)), None)
    return click.UsageError(f"{words} · {said}", error.ctx) if words is not None and " · " not in said else error
