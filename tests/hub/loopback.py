"""The loopback Hub: a real HTTP(S) server of 127.0.0.1 that answers as the Hugging Face Hub does.

    with LoopbackHub() as hub:
        sha = hub.add_model("org/name", files={"README.md": "---\\nlicense: mit\\n---\\n# Name", "LICENSE": "..."})
        HfApi(endpoint=hub.url).model_info("org/name")
        assert len(hub.requests()) == 1

What the Hub does is described in `docs/design.md` (The Hub); the one departure from it is declared at
`answers.missing_repository`.
"""

from __future__ import annotations

import re
import ssl
import tempfile
import threading
import traceback
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Self

from tests.hub import answers, describe, files, journal, routes
from tests.hub.describe import OMIT
from tests.hub.faults import Fault, Faults, Scene, perform
from tests.hub.journal import Journal, Request
from tests.hub.limits import Limiter, bucket_of
from tests.hub.repository import EPOCH, LFS, Blob, Commit, Content, Repository
from tests.hub.wire import Connection, Front, Incoming, Outgoing, write

__all__ = ["LFS", "OMIT", "Fault", "LoopbackHub", "Request"]

_SECRETS = threading.Lock()
_AUTHORITY: list[Any] = []


def _authority() -> Any:
    """One certificate authority for the process: making keys takes time."""
    with _SECRETS:
        if not _AUTHORITY:
            import trustme

            authority = trustme.CA()
            _AUTHORITY.extend((authority, authority.issue_cert("127.0.0.1", "localhost")))
    return _AUTHORITY


class LoopbackHub:
    """A Hub for one test. Everything may be changed while it runs."""

    def __init__(self, https: bool = False) -> None:
        self.https = https
        self.latency = 0.0
        """Seconds before every answer, of both origins."""
        self.small_file_redirects = True
        """Whether a file of git is answered by 307 to /api/resolve-cache, as the live Hub does."""
        self.xet = False
        """Whether answers offer Xet downloads (which the loopback Hub cannot serve)."""
        self.gated_tree_open = True
        """Whether the file list of a gated repository is public, as its model info is."""
        self.tokens: dict[str, set[str]] = {}
        """Tokens that exist, and which gated or private repositories they may read."""
        self.list_page, self.tree_page, self.expanded_tree_page, self.commits_page = 1000, 1000, 50, 50
        self.owners: dict[str, tuple[str, dict[str, Any]]] = {}
        self.stored: dict[str, Blob] = {}
        self.errors: list[str] = []
        """Tracebacks of the server's own mistakes; leaving the `with` block raises them."""
        self.limiter = Limiter()
        self.faults = Faults()
        self._journal = Journal()
        self._repositories: dict[tuple[str, str], Repository] = {}
        self._renamed: dict[tuple[str, str], str] = {}
        self._stopped = threading.Event()
        self._count = 0
        self._lock = threading.Lock()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self.ca_file: Path | None = None
        """Certificate of the authority, for SSL_CERT_FILE; None without https."""
        context = self._context() if https else None
        self._hub = Front(self._on_hub, context)
        self._storage = Front(self._on_storage, context)
        self.url, self.storage_url = self._hub.url, self._storage.url

    def _context(self) -> ssl.SSLContext:
        authority, certificate = _authority()
        self._folder = tempfile.TemporaryDirectory(prefix="loopback-hub-")
        self.ca_file = Path(self._folder.name) / "ca.pem"
        authority.cert_pem.write_to_path(str(self.ca_file))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        return context

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        self.close()
        if self.errors and kind is None:
            raise AssertionError("the loopback Hub itself failed:\n" + "\n".join(self.errors))

    def close(self) -> None:
        """Stop at once; stalled answers end too."""
        self._stopped.set()
        self._hub.close()
        self._storage.close()
        if self._folder is not None:
            self._folder.cleanup()

    # ---- repositories

    def add_model(self, id: str, files: Mapping[str, Content] | None = None, **options: Any) -> str:
        """Add a model and answer the sha of its first commit; see `add` for the options."""
        return self.add("model", id, files, **options)

    def add_dataset(self, id: str, files: Mapping[str, Content] | None = None, **options: Any) -> str:
        """Add a dataset and answer the sha of its first commit; see `add` for the options."""
        return self.add("dataset", id, files, **options)

    def add(
        self,
        kind: str,
        id: str,
        files: Mapping[str, Content] | None = None,
        *,
        card_data: Any = None,
        gated: Any = False,
        readme_open: bool = False,
        private: bool = False,
        disabled: bool = False,
        base_models: Any = None,
        created: float | None = None,
        mongo_id: str = "",
        **fields: Any,
    ) -> str:
        """Add a repository.

        `card_data` defaults to the front matter of README.md. `base_models` is a name, a list of names or the whole
        object; by default it follows the card. All other names are fields of the info answer as the Hub spells them
        (`pipeline_tag`, `config`, `safetensors`, `createdAt`, …; `model_index` becomes `model-index`) and replace what
        would be derived; `OMIT` as a value leaves a field out.
        """
        info = {"model-index" if name == "model_index" else name: value for name, value in fields.items()}
        for name, given in (("gated", gated), ("private", private), ("disabled", disabled), ("cardData", card_data)):
            if given is OMIT:
                info[name] = OMIT
        if base_models is not None:
            info["baseModels"] = base_models
        with self._lock:
            born = created if created is not None else EPOCH + 86400 * len(self._repositories)
            repository = Repository(
                kind,
                id,
                born,
                False if gated is OMIT else gated,
                private is True,
                disabled is True,
                readme_open,
                None if card_data is OMIT else card_data,
                info,
                mongo_id=mongo_id,
            )
            commit = repository.commit(files or {})
            self._repositories[kind, id] = repository
            self._renamed.pop((kind, id.lower()), None)
        return commit.sha

    def repository(self, id: str, kind: str = "model") -> Repository:
        """A repository, to look at or to change (`gated`, `private`, `disabled`, `info`, …)."""
        return self._repositories[kind, id]

    def repositories(self, kind: str) -> list[Repository]:
        """All repositories of a kind."""
        with self._lock:
            return [repository for (known, _), repository in self._repositories.items() if known == kind]

    def commit(self, id: str, files: Mapping[str, Content | None], *, kind: str = "model", **options: Any) -> str:
        """Add a commit (`files` are put on top, None deletes; `reference`, `title`, `replace`, …) and answer its sha."""
        with self._lock:
            return self.repository(id, kind).commit(files, **options).sha

    def branch(self, id: str, name: str, sha: str | None = None, *, kind: str = "model") -> None:
        """Create or move a branch; names that begin with refs/pr/ or refs/convert/ work too."""
        repository = self.repository(id, kind)
        repository.point(name, sha or repository.head.sha)

    def tag(self, id: str, name: str, sha: str | None = None, *, kind: str = "model") -> None:
        """Create a tag."""
        self.branch(id, f"refs/tags/{name}", sha, kind=kind)

    def rename(self, old: str, new: str, *, kind: str = "model") -> None:
        """Let `old` redirect to `new`; a repository moves with it, unless `new` exists: then only the name leads there."""
        with self._lock:
            if (kind, new) not in self._repositories:
                moved = self._repositories.pop((kind, old))
                moved.id = new
                self._repositories[kind, new] = moved
            self._renamed[kind, old.lower()] = new

    def remove(self, id: str, *, kind: str = "model") -> None:
        """Delete a repository."""
        with self._lock:
            del self._repositories[kind, id]

    def add_owner(self, name: str, organisation: bool = True, **fields: Any) -> None:
        """Add an organisation or a user, for /api/organizations/{name}/overview or /api/users/{name}/overview."""
        self.owners[name] = ("organizations" if organisation else "users", fields)

    def find(self, kind: str, id: str) -> tuple[Repository | None, str]:
        """The repository that a name leads to, and the name it should be asked by."""
        with self._lock:
            name = id
            for _ in range(10):
                if (kind, name) in self._repositories:
                    return self._repositories[kind, name], name
                if (kind, name.lower()) not in self._renamed:
                    break
                name = self._renamed[kind, name.lower()]
            for (known, other), repository in self._repositories.items():
                if known == kind and other.lower() == name.lower():
                    return repository, other
        return None, id

    def readable(self, repository: Repository, token: str | None) -> bool:
        """Whether a token opens a gated or private repository."""
        return token is not None and repository.id in self.tokens.get(token, ())

    def fields(self, repository: Repository, commit: Commit, blobs: bool, count: bool) -> dict[str, Any]:
        """All that can be told of a repository at a commit; `count` asks for childrenModelCount too."""
        children = self._children(repository.id) if count else None
        return describe.everything(repository, commit, blobs, self._mongo_id, children)

    def _children(self, id: str) -> dict[str, int]:
        children = dict.fromkeys(("adapter", "merge", "quantized", "finetune"), 0)
        for other in self.repositories("model"):
            bases = describe.base_models_of(other, describe.card_of(other, other.head), other.head, str)
            if isinstance(bases, dict) and any(base.get("id") == id for base in bases.get("models", ())):
                relation = str(bases.get("relation"))
                children[relation] = children.get(relation, 0) + 1
        return children

    def _mongo_id(self, id: str) -> str:
        known, _ = self.find("model", id)
        return known.mongo_id if known else Repository("model", id, EPOCH).mongo_id

    # ---- faults, limits, log

    def fault(
        self,
        target: str | re.Pattern[str],
        kind: str,
        times: int | None = None,
        method: str | None = None,
        **arguments: Any,
    ) -> Fault:
        """Put a fault in force for a path prefix, or a regular expression (a pattern, or text that begins with ^).

        Kinds and their arguments are the functions of `faults.KINDS`. The fault that is answered counts its `hits`.
        """
        return self.faults.add(Fault(target, kind, times, method, arguments))

    def chaos(self, seed: int, rate: float = 0.2, codes: Iterable[int] = (500, 502, 503, 504)) -> None:
        """Let a share of all requests fail, the same ones for the same seed."""
        self.faults.chaos(seed, rate, tuple(codes))

    def clear_faults(self) -> None:
        """End all faults."""
        self.faults.clear()

    def set_quotas(self, *, member: bool = False, **quotas: int) -> None:
        """Change quotas (`api=`, `resolvers=`, `pages=`) of anonymous callers, or of those with a token."""
        self.limiter.set_quotas(quotas, member)
        self.limiter.reset()

    @property
    def log(self) -> list[Request]:
        """Every request so far, of both origins, in the order of arrival."""
        return self._journal.all()

    def clear_log(self) -> None:
        """Forget the requests so far."""
        self._journal.clear()

    def requests(self, counted: bool = True) -> list[Request]:
        """The requests that a caller asked for: without redirect follow-ups and the client's housekeeping."""
        return [request for request in self.log if request.counted or not counted]

    def depth(self) -> int:
        """How many requests were strictly one after another, redirects not counted; needs some `latency` to be true."""
        return journal.depth(self.log)

    # ---- serving

    def _on_hub(self, connection: Connection, request: Incoming) -> bool:
        return self._serve(connection, request, "hub")

    def _on_storage(self, connection: Connection, request: Incoming) -> bool:
        return self._serve(connection, request, "storage")

    def _serve(self, connection: Connection, request: Incoming, origin: str) -> bool:
        base = self.url if origin == "hub" else self.storage_url
        bucket = bucket_of(request.path) if origin == "hub" else ""
        entry = self._journal.open(request, base, origin, bucket)
        with self._lock:
            self._count += 1
            number = self._count
        if self.latency and self._stopped.wait(self.latency):
            return False
        limits: list[tuple[str, str]] = []
        try:
            answer: Outgoing | None = None
            allowed = True
            if origin == "hub":
                caller = entry.token if entry.token in self.tokens else None
                allowed, limits = self.limiter.spend(bucket, caller or "")
            scene = Scene(request, lambda: self._genuine(request, entry, origin), self.storage_url, self._stopped.wait)
            for fault in self.faults.strike(request):
                answer = perform(fault, scene)
            if answer is None:
                answer = self._answer(request, entry, origin) if allowed else answers.error(429, "Too Many Requests")
        except Exception:
            self.errors.append(traceback.format_exc())
            answer = answers.error(500, "the loopback Hub itself failed; see hub.errors")
        if origin == "hub":
            answers.common(answer, request, number)
            set_already = {name.lower() for name, _ in answer.headers}
            answer.headers += [item for item in limits if item[0].lower() not in set_already]
        if answer.status:
            self._journal.close(entry, answer.status, answer.header("x-error-code"), answer.header("location"), base)
        if answer.script is not None:
            try:
                answer.script(connection)
            finally:
                if not answer.status:
                    self._journal.close(entry, 0)
            return False
        write(connection, request, answer)
        return True

    def _answer(self, request: Incoming, entry: Request, origin: str) -> Outgoing:
        if origin == "storage":
            return files.storage(self, request)
        return routes.answer(self, request, entry.token)

    def _genuine(self, request: Incoming, entry: Request, origin: str) -> Outgoing:
        """The answer a fault spoils: what the caller would have got in the end, redirects of this server followed."""
        answer = self._answer(request, entry, origin)
        for _ in range(5):
            location = answer.header("location")
            if location.startswith("/"):
                answer = self._answer(Incoming(request.method, location, request.headers), entry, "hub")
            elif location.startswith(self.storage_url):
                target = location.removeprefix(self.storage_url)
                answer = self._answer(Incoming(request.method, target, request.headers), entry, "storage")
            else:
                break
        return answer
