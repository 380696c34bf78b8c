"""``pincite explain``: what a finding means and what to do."""

import click

from pincite.base.diagnostics import Failure


@click.command()
@click.argument("code")
def explain(code: str) -> None:
    """Explain a finding, such as quote-not-found."""
    from pincite.report.explain import explain as say  # noqa: PLC0415
    from pincite.report.explain import find_near_codes  # noqa: PLC0415

    text = say(code)
    if text is None:
        near = find_near_codes(code)
        hint = f"did you mean {' or '.join(near)}?" if near else "docs/findings.md lists them all"
        raise Failure(f"there is no finding `{code}`", help=hint)
    click.echo(text.rstrip("\n"))
