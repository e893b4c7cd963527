"""One server of 127.0.0.1 that is every host a card links to, with a certificate for each, by name.

    with LoopbackWeb() as web:
        web.github("org/code", {"train.py": "", "LICENSE": "MIT License"})
        web.client().get("https://github.com/org/code", 1_000)
        assert web.asked("github.com") == ["/org/code"]

The client under test gets its doors by `doors()`: names resolve to this machine, port 443 is this server's port, and
127.0.0.1 (nothing else) passes for a public address. Everything else of the guard is the real one.
"""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Mapping
from typing import Any, Self
from urllib.parse import quote

from openness.core.hosts import FOLLOWED_HOSTS
from openness.sources.doors import Doors, is_public
from openness.sources.http import Manners, Web
from tests.hub.wire import Connection, Front, Headers, Incoming, Outgoing, write

HERE = "127.0.0.1"
Answer = Outgoing | Callable[[Incoming], Outgoing]

_CONTEXTS: list[Any] = []
_LOCK = threading.Lock()


def _contexts() -> tuple[ssl.SSLContext, Any]:
    """The server's context and the authority; one for the process, for making keys takes time."""
    with _LOCK:
        if not _CONTEXTS:
            import trustme

            authority = trustme.CA()
            server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            authority.issue_cert(*sorted(FOLLOWED_HOSTS)).configure_cert(server)
            _CONTEXTS.extend((server, authority))
        return _CONTEXTS[0], _CONTEXTS[1]


def trusting() -> ssl.SSLContext:
    """A client's context that trusts the loopback web's authority only."""
    context = ssl.create_default_context()
    _contexts()[1].configure_trust(context)
    return context


def page(body: str | bytes = b"", status: int = 200, **headers: str) -> Outgoing:
    """An answer; underscores in the names of headers become hyphens."""
    raw = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    fields: Headers = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return Outgoing(status, fields, raw)


def as_json(value: Any, status: int = 200, **headers: str) -> Outgoing:
    """A JSON answer."""
    return page(json.dumps(value), status, content_type="application/json", **headers)


def moved(location: str, status: int = 302) -> Outgoing:
    """A redirect."""
    return page(b"", status, Location=location)


class LoopbackWeb:
    """Every host a card links to. `pages` maps "host/path" (without a query) to answers; what is not in it is 404."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.log: list[tuple[str, Incoming]] = []
        self.latency = 0.0
        self.most_at_once = 0
        self.slept: list[float] = []
        self.resolved: list[str] = []
        self.addresses: dict[str, list[str]] = {}
        """Addresses of a host in place of this machine's."""
        self._clients: list[Web] = []
        self._now = 0
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._front = Front(self._serve, _contexts()[0])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *rest: object) -> None:
        self._stopped.set()
        for client in self._clients:
            client.close()
        self._front.close()

    def doors(self, **changes: Any) -> Doors:
        """The ways out of the process, all of which lead to this server."""
        given: dict[str, Any] = {
            "resolve": self._resolve,
            "public": lambda address: address == HERE or is_public(address),
            "port": self._front.port,
            "context": trusting,
            "sleep": self.slept.append,
            "proxies": lambda scheme, host: None,
        }
        return Doors(**(given | changes))

    def client(
        self, timeout: float = 5.0, budget: float = 20.0, endpoint: str = "https://huggingface.co", **changes: Any
    ) -> Web:
        """The guarded client, with doors that lead here."""
        client = Web(timeout, budget, endpoint, Manners(), self.doors(**changes))
        self._clients.append(client)
        return client

    def asked(self, host: str = "") -> list[str]:
        """Targets asked for, of one host or of all."""
        return [request.target for known, request in self.log if not host or known == host]

    # ---- who is played

    def github(self, id: str, files: Mapping[str, str], ref: str = "HEAD", truncated: bool = False) -> None:
        """A repository of GitHub: its tree by the API, its files raw."""
        tree = [{"path": path, "type": "blob", "size": len(text)} for path, text in files.items()]
        folders = sorted({path.rpartition("/")[0] for path in files if "/" in path})
        tree += [{"path": folder, "type": "tree"} for folder in folders]
        self.pages[f"api.github.com/repos/{id}/git/trees/{ref}"] = as_json(
            {"sha": "f" * 40, "tree": tree, "truncated": truncated}
        )
        self.pages[f"github.com/{id}"] = page(f"<title>{id}</title>")
        for path, text in files.items():
            self.pages[f"raw.githubusercontent.com/{id}/{ref}/{quote(path)}"] = page(text)

    def gitlab(self, id: str, files: Mapping[str, str], branch: str = "main", **info: Any) -> None:
        """A project of GitLab."""
        project = f"gitlab.com/api/v4/projects/{quote(id, safe='')}"
        self.pages[project] = as_json({"id": 1, "default_branch": branch} | info)
        self.pages[f"{project}/repository/tree"] = as_json([{"path": path, "type": "blob"} for path in files])
        for path, text in files.items():
            self.pages[f"gitlab.com/{id}/-/raw/{branch}/{path}"] = page(text)

    def codeberg(self, id: str, files: Mapping[str, str], branch: str = "main") -> None:
        """A repository of Codeberg."""
        api = f"codeberg.org/api/v1/repos/{id}"
        self.pages[api] = as_json({"default_branch": branch, "empty": not files})
        tree = [{"path": path, "type": "blob", "size": 1} for path in files]
        self.pages[f"{api}/git/trees/{branch}"] = as_json({"tree": tree, "truncated": False})
        for path, text in files.items():
            self.pages[f"codeberg.org/{id}/raw/branch/{branch}/{path}"] = page(text)

    def hub(self, id: str, files: Mapping[str, str], kind: str = "datasets", **info: Any) -> None:
        """A data set or model of the Hub."""
        sha = "a" * 40
        answer = {"id": id, "sha": sha, "gated": False, "private": False, "disabled": False, "cardData": {}}
        answer["siblings"] = [{"rfilename": path} for path in files]
        self.pages[f"huggingface.co/api/{kind}/{id}"] = as_json(answer | info)
        prefix = "datasets/" if kind == "datasets" else ""
        for path, text in files.items():
            self.pages[f"huggingface.co/{prefix}{id}/resolve/{sha}/{path}"] = page(text)

    def arxiv(self, id: str, title: str) -> None:
        """A paper of arXiv."""
        self.pages[f"arxiv.org/abs/{id}"] = page(
            f'<html><head><title>[{id}] x</title>\n<meta name="citation_title" content="{title}" /></head></html>'
        )

    # ---- serving

    def _resolve(self, host: str, port: int) -> list[str]:
        with self._lock:
            self.resolved.append(host)
        return self.addresses.get(host, [HERE])

    def _serve(self, connection: Connection, request: Incoming) -> bool:
        host = request.headers.get("host", "").partition(":")[0]
        with self._lock:
            self.log.append((host, request))
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        try:
            if self.latency:
                self._stopped.wait(self.latency)
            known = self.pages.get(host + request.path, page("not here", 404))
            answer = known(request) if callable(known) else known
            if answer.script is not None:
                answer.script(connection)
                return False
            write(connection, request, answer)
            return True
        finally:
            with self._lock:
                self._now -= 1
