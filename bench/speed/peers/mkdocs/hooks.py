"""All pages are read and converted before the first template is rendered: the indexes are made in on_env."""


def on_env(env, config, files):  # noqa: ARG001 - MkDocs names them
    events = [f.page for f in files.documentation_pages() if f.src_uri.startswith("events/")]
    events.sort(key=lambda p: (p.meta["date"], p.meta["id"]))
    years, back = {}, {}
    for p in events:
        years.setdefault(str(p.meta["date"].year), []).append(p)
        for key in dict.fromkeys((c["source"], c["paragraph"]) for c in p.meta["citations"]):
            back.setdefault(key, []).append(p)
    env.globals.update(tl_events=events, tl_years=years, tl_back=back)
    env.autoescape = True
    return env
