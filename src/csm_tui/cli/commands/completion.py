"""csm completion: the script by which a shell completes csm's commands, options and names."""

from __future__ import annotations

from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from csm_tui.cli.shell import Shell

SUMMARY = "Print the script that lets your shell complete commands, options, accounts and items on tab."
EPILOG = """\
  source <(csm completion bash)         in ~/.bashrc
  source <(csm completion zsh)          in ~/.zshrc, behind compinit
  csm completion fish | source          in ~/.config/fish/config.fish"""
SHELLS = ("bash", "zsh", "fish")


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm completion`."""
    parser.add_argument("shell", metavar="SHELL", choices=SHELLS, help=f"one of {', '.join(SHELLS)}")


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Print the script as it is, since a shell reads it."""
    from argcomplete.shell_integration import shellcode

    script = shellcode(["csm"], use_defaults=False, shell=chosen.shell)
    if shell.json:
        shell.emit({"shell": chosen.shell, "script": script})
    else:
        for line in script.splitlines():
            shell.out(line)
    return 0
