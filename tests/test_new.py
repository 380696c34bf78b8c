"""Projects to begin with, and what hosts need: read by parsers, and by nginx where there is one."""

import gc
import re
import shutil
import subprocess
import tomllib
from http.client import HTTPConnection
from time import monotonic, sleep

import pytest
import yaml
from click.testing import CliRunner

from pincite import __version__, cli
from pincite.exports.headers import POLICY, RULES
from pincite.hosts import HOSTS, host_files
from support import Site, event

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")


def new(*arguments):
    try:
        return CliRunner().invoke(cli.main, ["new", *map(str, arguments)], prog_name="pincite")
    finally:
        gc.enable()


def files_of(folder):
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("host", [None, *HOSTS])
def test_a_new_project_holds(host, tmp_path):
    result = new(tmp_path / "tl", *(["--host", host] if host else []))
    assert result.exit_code == 0, result.output
    site = Site(tmp_path / "tl", bare=True).build(strict=True)
    assert site.errors == [], site.report
    assert set(host_files(host, "tl") if host else ()) <= files_of(tmp_path / "tl")


def test_what_a_host_needs_comes_to_a_project_that_is_there(tmp_path):
    site = Site(tmp_path / "tl")
    before = files_of(site.root)
    result = new(site.root, "--host", "netlify")
    assert result.exit_code == 0, result.output
    assert files_of(site.root) - before == {"netlify.toml", "requirements.txt"}
    site.write("netlify.toml", "ours")
    assert new(site.root, "--host", "netlify").exit_code == 2
    assert (site.root / "netlify.toml").read_text() == "ours"
    assert new(site.root).exit_code == 2


def test_no_folder_of_others(tmp_path):
    (tmp_path / "thesis.txt").write_text("dear")
    assert new(tmp_path, "--host", "nginx").exit_code == 2
    assert files_of(tmp_path) == {"thesis.txt"}


def parsed(host, path, name="tl"):
    text = host_files(host, name)[path]
    return tomllib.loads(text) if path.endswith(".toml") else yaml.safe_load(text)


def commands(value):
    """Return every string of a parsed file."""
    match value:
        case str():
            return [value]
        case dict():
            return [found for one in value.values() for found in commands(one)]
        case list():
            return [found for one in value for found in commands(one)]
    return []


@pytest.mark.parametrize("host", HOSTS)
def test_commands_of_hosts_are_commands_of_ours(host):
    """Every `pincite …` in them names a command and options that there are."""
    for path, text in host_files(host, "tl").items():
        if path == "requirements.txt":
            continue
        for line in re.findall(r"pincite ([a-z][^\n'\"&#]*)", text):
            words = line.split()
            command = cli.main.get_command(None, words.pop(0))
            assert command is not None, line
            if hasattr(command, "commands"):
                command = command.commands[words.pop(0)]
            known = {option for p in command.params for option in p.opts}
            assert {word for word in words if word.startswith("--")} <= known, line


def test_github():
    workflow = parsed("github", ".github/workflows/pages.yml")
    assert set(workflow[True]) == {"push", "workflow_dispatch"}  # `on` is true to this parser
    assert workflow["permissions"] == {"contents": "read"}
    uses = [
        step["uses"] for job in workflow["jobs"].values() for step in job["steps"] if "uses" in step
    ]
    assert len(uses) == 4
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", one) for one in uses)
    text = host_files("github", "tl")[".github/workflows/pages.yml"]
    assert len(re.findall(r"uses: \S+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", text, re.MULTILINE)) == 4
    assert parsed("github", ".github/dependabot.yml")["version"] == 2


def test_gitlab():
    job = parsed("gitlab", ".gitlab-ci.yml")["pages"]
    assert job["artifacts"]["paths"] == ["public"]
    assert "pincite publish dir public --precompress" in job["script"]


def test_netlify():
    settings = parsed("netlify", "netlify.toml")
    assert settings["build"]["publish"] == "site"
    assert settings["context"]["deploy-preview"]["command"].startswith(settings["build"]["command"])


@pytest.mark.parametrize(
    ("folder", "name"),
    [("My Timeline", "my-timeline"), ('x"\nname = "y', "x-name-y"), ("Хроника", "timeline")],
)
def test_cloudflare(folder, name):
    settings = parsed("cloudflare", "wrangler.toml", folder)
    assert (settings["name"], settings["pages_build_output_dir"]) == (name, "site")


def test_requirements_name_this_version():
    assert f"\npincite=={__version__}\n" in host_files("github", "tl")["requirements.txt"]


@pytest.fixture
def conf(tmp_path):
    """The configuration with a root, a port and a frame of its own; and the folder it serves."""
    root = tmp_path / "www"
    port = free_port()
    text = host_files("nginx", "tl")["nginx.conf"]
    for old, new_ in (("/srv/www/tl;", f'"{root}";'), ("listen 80;", f"listen 127.0.0.1:{port};")):
        assert old in text
        text = text.replace(old, new_)
    (tmp_path / "site.conf").write_text(text)
    folders = "\n".join(
        f'{kind}_temp_path "{tmp_path}/{kind}";'
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (tmp_path / "nginx.conf").write_text(
        f'daemon off; master_process off; pid "{tmp_path}/pid"; error_log "{tmp_path}/log";\n'
        "events { worker_connections 64; }\n"
        f"http {{ access_log off; types {{ text/html html; text/css css; image/png png;\n"
        "application/json json; application/javascript js; image/svg+xml svg; }\n"
        f'{folders}\ninclude "{tmp_path}/site.conf"; }}\n'
    )
    return tmp_path / "nginx.conf", root, port


def free_port():
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def ask(port, path, **headers):
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        data = response.read()
        return response.status, {name.lower(): v for name, v in response.getheaders()}, data
    finally:
        connection.close()


@pytest.mark.skipif(NGINX is None, reason="there is no nginx")
def test_nginx(conf, tmp_path):
    path, root, port = conf
    site = Site(tmp_path / "project").write("content/events/a.yaml", event("cracks"))
    try:
        CliRunner().invoke(
            cli.main,
            ["publish", "dir", str(root), "--precompress", "--project", str(site.root)],
            catch_exceptions=False,
        )
    finally:
        gc.enable()
    arguments = [NGINX, "-e", str(tmp_path / "log"), "-p", str(tmp_path), "-c", str(path)]
    checked = subprocess.run([*arguments, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    process = subprocess.Popen(arguments)
    try:
        end = monotonic() + 10
        while True:
            try:
                ask(port, "/")
                break
            except ConnectionError:
                assert monotonic() < end, (tmp_path / "log").read_text()
                sleep(0.02)
        sent = {
            p: ask(port, p)
            for p in ("/", "/events/cracks/", "/embed/", "/feed.xml", "/data/timeline.json")
        }
        policy = "; ".join(POLICY)
        assert {status for status, _, _ in sent.values()} == {200}
        for p in ("/", "/events/cracks/"):
            assert sent[p][1]["content-security-policy"] == f"{policy}; frame-ancestors 'none'"
        assert sent["/embed/"][1]["content-security-policy"] == policy
        for p, (_, headers, data) in sent.items():
            file = root / (f"{p[1:]}index.html" if p.endswith("/") else p[1:])
            assert data == file.read_bytes()
            for name, value in dict(RULES)["/*"]:
                assert headers[name.lower()].startswith(value), (p, name)
        assert sent["/feed.xml"][1]["content-type"] == "application/atom+xml; charset=utf-8"
        assert sent["/data/timeline.json"][1]["access-control-allow-origin"] == "*"
        assert "access-control-allow-origin" not in sent["/"][1]
        status, headers, data = ask(port, "/", **{"Accept-Encoding": "gzip"})
        assert headers["content-encoding"] == "gzip"
        assert data == (root / "index.html.gz").read_bytes()
        status, headers, _ = ask(port, "/", **{"If-None-Match": sent["/"][1]["etag"]})
        assert status == 304
        status, headers, _ = ask(port, "/events/cracks")
        assert (status, headers["location"]) == (301, "/events/cracks/")
        for p in ("/nowhere/", "/_headers", "/.nojekyll"):
            status, headers, data = ask(port, p)
            assert (status, data) == (404, (root / "404.html").read_bytes()), p
            assert headers["content-security-policy"].startswith(policy)
    finally:
        process.terminate()
        process.wait(20)


def test_what_comes_next_can_be_pasted(tmp_path):
    folder = tmp_path / "my timeline"
    assert f"Next: cd '{folder}' && pincite serve --open" in new(folder).output
