"""``gh-pages``: a branch of the project's own repository, written by ghp-import and pushed."""

import sys
from dataclasses import dataclass
from hashlib import new
from importlib.util import find_spec
from pathlib import Path

from pincite.base.diagnostics import Failure
from pincite.publishing.difference import TIMELINE, Seen, compare, is_kept
from pincite.publishing.running import insist, run
from pincite.publishing.staging import Staged


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    root: Path
    remote: str
    branch: str
    title: str  # of the site, for the message
    keep: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"the branch {self.branch} of {self.remote}"

    @property
    def _tracking(self) -> str:
        return f"refs/remotes/{self.remote}/{self.branch}"

    def look(self, staged: Staged) -> Seen:
        self._check()
        there = self._tree(self._tracking) if self._fetch() else {}
        algorithm = "sha256" if any(len(id) == 64 for id in there.values()) else "sha1"
        here = {path: _blob(staged.read(path), algorithm) for path in staged.files}
        # A branch that nobody has pushed yet would be built upon, so it is looked at, too.
        local = there or self._tree(f"refs/heads/{self.branch}")
        return Seen(
            difference=compare(here, there, self.keep),
            occupied=bool(local),
            timeline=self._blob(local[TIMELINE]) if TIMELINE in local else b"",
        )

    def send(self, staged: Staged, seen: Seen) -> None:
        del seen  # git finds out for itself
        if find_spec("ghp_import") is None:
            raise Failure("this needs ghp-import", help="pip install 'pincite[publish]'")
        there = self._tree(self._tracking)
        for path in sorted(there.keys() - set(staged.files)):
            if is_kept(path, self.keep):
                (staged.folder / path).parent.mkdir(parents=True, exist_ok=True)
                (staged.folder / path).write_bytes(self._blob(there[path]))
        insist(("git", "var", "GIT_COMMITTER_IDENT"), self.root, "git does not know who you are")
        # A process of its own: the library works in the folder it is started in.
        command = (sys.executable, "-m", "ghp_import", "--no-jekyll", "--push")
        names = ("--remote", self.remote, "--branch", self.branch)
        insist(
            (*command, *names, "--message", self._message(), str(staged.folder)),
            self.root,
            f"cannot publish to {self.name}",
        )

    def _check(self) -> None:
        insist(
            ("git", "rev-parse", "--show-toplevel"),
            self.root,
            "a branch can be published from a git repository only",
            help="`git init`, and add the remote",
        )
        if self.remote not in run(("git", "remote"), self.root).text.split():
            raise Failure(
                f"the repository has no remote `{self.remote}`",
                help=f"git remote add {self.remote} ADDRESS",
            )
        insist(
            ("git", "check-ref-format", f"refs/heads/{self.branch}"),
            self.root,
            f"`{self.branch}` is no name of a branch",
        )
        current = run(("git", "symbolic-ref", "--quiet", "--short", "HEAD"), self.root).text.strip()
        if self.branch.startswith("-") or self.branch == current:
            raise Failure(
                f"the site cannot be published to the branch `{self.branch}`",
                help="this is what you work on; name another, such as gh-pages",
            )

    def _fetch(self) -> bool:
        """Bring the branch of the remote here; false where there is none."""
        place = f"refs/heads/{self.branch}"
        listed = insist(
            ("git", "ls-remote", "--heads", "--", self.remote, place),
            self.root,
            f"cannot reach {self.remote}",
        )
        if not listed.out.strip():
            run(("git", "update-ref", "-d", self._tracking), self.root)
            return False
        insist(
            (
                "git",
                "fetch",
                "--quiet",
                "--no-tags",
                "--",
                self.remote,
                f"+{place}:{self._tracking}",
            ),
            self.root,
            f"cannot fetch {self.name}",
        )
        return True

    def _tree(self, reference: str) -> dict[str, str]:
        """Return the files of a commit: path → name of the blob."""
        ran = run(("git", "ls-tree", "-r", "-z", "--full-tree", reference), self.root)
        entries = (entry.partition("\t") for entry in ran.text.split("\0") if entry)
        return {path: head.split()[2] for head, _, path in entries}

    def _blob(self, id: str) -> bytes:
        return insist(("git", "cat-file", "blob", id), self.root, f"cannot read {self.name}").out

    def _message(self) -> str:
        commit = run(("git", "rev-parse", "--short=12", "HEAD"), self.root)
        if commit.code:
            return f"Publish {self.title}"
        inputs = ("content", "seeds", "templates")
        edited = run(("git", "status", "--porcelain", "--", *inputs), self.root).text.strip()
        note = " and what is not committed yet" if edited else ""
        return f"Publish {self.title}\n\nBuilt from {commit.text.strip()}{note}."


def _blob(data: bytes, algorithm: str) -> str:
    """Return the name that git gives to *data*."""
    return new(algorithm, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
