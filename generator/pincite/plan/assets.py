"""Style sheets that are made from the site's settings."""


def accent_sheet(theme: tuple[tuple[str, str], ...]) -> bytes:
    """Return the sheet that sets the accent colour; values were checked to be ``#rrggbb``."""
    colours = dict(theme)
    light = colours.get("accent")
    dark = colours.get("accent_dark")
    rules = []
    if light:
        rules.append(f":root {{ --accent: {light}; }}")
    if dark:
        rules.append(f"@media (prefers-color-scheme: dark) {{ :root {{ --accent: {dark}; }} }}")
    elif light:
        # A tone lighter for dark paper, so that one colour is enough to give.
        rules.append(
            "@media (prefers-color-scheme: dark) "
            f"{{ :root {{ --accent: color-mix(in oklab, {light} 45%, white); }} }}"
        )
    return ("\n".join(rules) + "\n").encode()
