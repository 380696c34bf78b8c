"""What a host needs beside a project, as files: path → text. Headers are those of ``_headers``.

Actions are pinned by commit, since a tag can be moved to another.
"""

import re
from collections.abc import Iterator

from pincite import __version__
from pincite.exports.headers import POLICY, RULES, UNFRAMED

HOSTS = ("github", "gitlab", "netlify", "cloudflare", "nginx")

_REQUIREMENTS = f"""\
# What the host installs to build the site. In place of the version there may stand the address
# of a wheel or of a repository: pincite @ git+https://…
pincite=={__version__}
"""

_GITHUB = """\
# Builds the site and publishes it on GitHub Pages. In the repository's settings, under Pages,
# choose "GitHub Actions" as the source.
#
# Each action is pinned to a commit; the tag it had stands behind it. Dependabot proposes newer
# ones (.github/dependabot.yml). By hand: git ls-remote https://github.com/actions/checkout v4.2.2
name: Pages
on:
  push:
    branches: [main]
  workflow_dispatch:
permissions:
  contents: read
concurrency:
  group: pages
  cancel-in-progress: false
jobs:
  build:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          persist-credentials: false
      - uses: actions/setup-python@a26af69be951a213d495a4c3e4e4022e16d87065 # v5.6.0
        with:
          python-version: "3.13"
          cache: pip
      - run: pip install -r requirements.txt
      # No address of an event that was published may be lost.
      - run: pincite check --quiet --published
      # Findings become annotations beside the lines that they are about.
      - run: pincite build --strict --format github
      - uses: actions/upload-pages-artifact@56afc609e74202658d3ffba0e8f6dda462b719fa # v3.0.1
        with:
          path: site
  deploy:
    needs: build
    runs-on: ubuntu-latest
    permissions:
      pages: write
      id-token: write
    environment:
      name: github-pages
      url: ${{ steps.deployment.outputs.page_url }}
    steps:
      - id: deployment
        uses: actions/deploy-pages@d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e # v4.0.5
"""

_DEPENDABOT = """\
version: 2
updates:
  - package-ecosystem: github-actions
    directory: /
    schedule:
      interval: monthly
"""

_GITLAB = """\
# Builds the site and publishes it on GitLab Pages, with compressed copies, which it sends.
pages:
  stage: deploy
  image: python:3.13
  variables:
    PIP_CACHE_DIR: $CI_PROJECT_DIR/.cache/pip
  cache:
    key: pip
    paths: [.cache/pip]
  script:
    - pip install -r requirements.txt
    - pincite check --quiet --published  # no address of an event may be lost
    - pincite publish dir public --precompress
  artifacts:
    paths: [public]
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
"""

_NETLIFY = """\
# Netlify installs requirements.txt by itself, and takes up site/_headers and site/404.html.
[build]
# No address of an event that was published may be lost; then the site is built.
command = "pincite check --quiet --published && pincite build --strict"
publish = "site"

[build.environment]
PYTHON_VERSION = "3.13"

# A preview has an address of its own, in feeds and cards as well.
[context.deploy-preview]
command = 'pincite check --quiet --published && pincite build --strict --url "$DEPLOY_PRIME_URL"'

[context.branch-deploy]
command = 'pincite check --quiet --published && pincite build --strict --url "$DEPLOY_PRIME_URL"'
"""

_CLOUDFLARE = """\
# Cloudflare Pages installs requirements.txt by itself, and takes up site/_headers and
# site/404.html. What cannot be said in this file, say in the project's settings:
#   build command           pincite check --quiet --published && pincite build --strict
#   environment variable    PYTHON_VERSION = 3.13
name = "{name}"
pages_build_output_dir = "site"
compatibility_date = "2025-01-01"
"""

_NGINX = """\
# To stand in /etc/nginx/sites-enabled/, or wherever your http block includes files from.
# After each change of the content:
#   pincite publish rsync --precompress user@HOST:/srv/www/{name}
# For TLS add `listen 443 ssl;` and the certificate, or let certbot do it.

# Addresses as they are below the site's own. In a sub-path, /some/where/ say, name it here and
# at error_page; the site then stands in the folder some/where of the root.
map $uri $pincite_path {{
    default $uri;
    # "~^/some/where(?<rest>/.*)$" $rest;
}}

# What may be framed, /embed/, must not be under two policies: browsers keep to both.
map $pincite_path $pincite_policy {{
    default "{policy}";
    "~^/(?:index\\.html)?$" "{policy}; frame-ancestors 'none'";
    "~^/(?:{unframed})/" "{policy}; frame-ancestors 'none'";
    "~^/snapshots/" "{policy}; sandbox";
}}

# A header that is empty is not sent.
map $pincite_path $pincite_origin {{
    default "";
{origins}
}}

# What was received may hold anything: a reader is to have it as a file.
map $pincite_path $pincite_disposition {{
    default "";
    "~^/snapshots/" "attachment";
}}
map $pincite_path $pincite_robots {{
    default "";
    "~^/snapshots/" "noindex";
}}

server {{
    listen 80;
    server_name timeline.example.org;
    root /srv/www/{name};
    index index.html;
    absolute_redirect off;
    charset utf-8;
    charset_types text/plain text/css text/xml text/javascript application/javascript;

    error_page 404 /404.html;
    location ~ /404\\.html$ {{ internal; }}
    location ~ /\\.(?!well-known/) {{ return 404; }}
    location ~ /_headers$ {{ return 404; }}
{types}

    # Compressed copies are sent where there are any (--precompress); the rest is made here.
    # With the module for brotli: brotli_static on;
    gzip_static on;
    gzip on;
    gzip_vary on;
    gzip_proxied any;
    gzip_types text/css text/csv text/calendar text/javascript application/javascript
               application/json application/ld+json application/feed+json
               application/atom+xml application/xml image/svg+xml;

    # nginx forgets these in a location that has headers of its own, so none has any.
    etag on;
    add_header Content-Security-Policy $pincite_policy always;
    add_header Access-Control-Allow-Origin $pincite_origin always;
    add_header Content-Disposition $pincite_disposition always;
    add_header X-Robots-Tag $pincite_robots always;
{headers}
}}
"""


def host_files(host: str, name: str) -> dict[str, str]:
    """Return the files for *host*, one of HOSTS; *name* is that of the project's folder."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:50].strip("-") or "timeline"
    match host:
        case "github":
            files = {
                ".github/workflows/pages.yml": _GITHUB,
                ".github/dependabot.yml": _DEPENDABOT,
            }
        case "gitlab":
            files = {".gitlab-ci.yml": _GITLAB}
        case "netlify":
            files = {"netlify.toml": _NETLIFY}
        case "cloudflare":
            files = {"wrangler.toml": _CLOUDFLARE.format(name=plain)}
        case _:
            return {"nginx.conf": _nginx(plain)}
    return {**files, "requirements.txt": _REQUIREMENTS}


def _nginx(name: str) -> str:
    folders = (path.strip("/*") for path in UNFRAMED if path.strip("/*"))
    return _NGINX.format(
        name=name,
        policy="; ".join(POLICY),
        unframed="|".join(re.escape(folder) for folder in folders),
        origins="\n".join(_origins()),
        types="\n".join(_types()),
        headers="\n".join(_headers()),
    )


def _origins() -> Iterator[str]:
    for path, rule in RULES:
        for header, value in rule:
            if header == "Access-Control-Allow-Origin":
                match = f'"~^{re.escape(path[:-1])}"' if path.endswith("*") else path
                yield f'    {match} "{value}";'


def _types() -> Iterator[str]:
    for path, rule in RULES:
        for header, value in rule:
            if header == "Content-Type":
                yield f'    location ~ {re.escape(path)}$ {{ types {{}} default_type "{value}"; }}'


def _headers() -> Iterator[str]:
    [everywhere] = [rule for path, rule in RULES if path == "/*"]
    for header, value in everywhere:
        if header != "Content-Security-Policy":
            yield f'    add_header {header} "{value}" always;'
