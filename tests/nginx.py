"""A site served by a real nginx with the configuration that ``pincite new --host nginx`` writes."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from pincite.hosts import host_files

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
TYPES = Path("/etc/nginx/mime.types")  # what Debian's nginx takes files for
OWN_TYPES = """types { text/html html; text/css css; image/png png; text/plain txt;
application/json json; application/javascript js; image/svg+xml svg; text/xml xml; }"""


@contextmanager
def serving(root: Path, home: Path, path: str = "/") -> Iterator[str]:
    """Yield the address of the site in *root* plus *path*; *home* is for nginx's own files.

    One process, of whoever runs the tests, on a free port of loopback.
    """
    assert NGINX is not None
    home.mkdir()
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    text = host_files("nginx", "tl")["nginx.conf"]
    changes = [("/srv/www/tl;", f'"{root}";'), ("listen 80;", f"listen 127.0.0.1:{port};")]
    if path != "/":  # as the file itself says
        place = path.rstrip("/")
        changes += [
            ('# "~^/some/where(?<rest>', f'"~^{place}(?<rest>'),
            ("error_page 404 /404.html", f"error_page 404 {path}404.html"),
        ]
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    (home / "site.conf").write_text(text)
    folders = "\n".join(
        f'{kind}_temp_path "{home}/{kind}";'
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    types = f"include {TYPES};" if TYPES.is_file() else OWN_TYPES
    (home / "nginx.conf").write_text(
        f'daemon off; master_process off; pid "{home}/pid"; error_log "{home}/log";\n'
        f"events {{ worker_connections 64; }}\nhttp {{ access_log off; {types}\n"
        f'default_type application/octet-stream;\n{folders}\ninclude "{home}/site.conf"; }}\n'
    )
    arguments = [NGINX, "-e", str(home / "log"), "-p", str(home), "-c", str(home / "nginx.conf")]
    checked = subprocess.run([*arguments, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    process = subprocess.Popen(arguments)
    try:
        end = monotonic() + 10
        while True:
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, (home / "log").read_text()
            assert monotonic() < end, (home / "log").read_text()
            sleep(0.02)
        yield f"http://127.0.0.1:{port}{path}"
    finally:
        process.terminate()
        process.wait(20)
