"""Configuration as a tree of keys, lists and values with lines, and the releases that its keys and commands name."""

from __future__ import annotations

from openness.core.record import record
from openness.policy.discovery import naming
from openness.policy.discovery.shell import looks_like_command, read_command, worth_reading
from openness.policy.discovery.sightings import STRONG, WEAK, Sightings
from openness.policy.discovery.tables import word_set
from openness.policy.discovery.words import Word, split

DEEPEST = 60
"""Levels of nesting that are kept; what stands deeper is not read."""


@record(frozen=True, slots=True)
class Leaf:
    """A value as text, its line from 1; `block` says that the text begins on the next line."""

    text: str
    line: int
    block: bool = False


@record(frozen=True, slots=True)
class Branch:
    """A mapping (keys and children) or a list (children under empty keys)."""

    mapping: bool
    children: list[tuple[str, Leaf | Branch]]

    def leaves(self) -> list[Leaf]:
        """The values that stand directly in it."""
        return [each for _, each in self.children if isinstance(each, Leaf)]

    def texts(self) -> dict[str, str]:
        """Its keys in lower case with the values that stand directly under them; the empty text for a mapping or list."""
        return {key.lower(): each.text if isinstance(each, Leaf) else "" for key, each in self.children}


class Builder:
    """Builds trees from a parser's events, without recursion and with a limit on depth."""

    def __init__(self) -> None:
        """Start with no tree."""
        self.roots: list[Leaf | Branch] = []
        self._open: list[Branch] = []
        self._keys: list[str | None] = []
        self._deeper = 0

    def start(self, mapping: bool) -> None:
        """Begin a mapping or a list."""
        if self._deeper or len(self._open) >= DEEPEST:
            self._deeper += 1
            return
        branch = Branch(mapping, [])
        self._put(branch)
        self._open.append(branch)
        self._keys.append(None)

    def end(self) -> None:
        """End the innermost mapping or list."""
        if self._deeper:
            self._deeper -= 1
        elif self._open:
            self._open.pop()
            self._keys.pop()

    def leaf(self, text: str, line: int, block: bool = False) -> None:
        """A key where a mapping expects one, else a value."""
        if self._deeper:
            return
        if self._open and self._open[-1].mapping and self._keys[-1] is None:
            self._keys[-1] = text[:200]
        else:
            self._put(Leaf(text, line, block))

    def skip(self) -> None:
        """A key or value that says nothing here: an alias."""
        self.leaf("", 1)

    def _put(self, node: Leaf | Branch) -> None:
        if not self._open:
            self.roots.append(node)
            return
        key = self._keys[-1] or ""
        self._keys[-1] = None
        self._open[-1].children.append((key, node))


_COMMANDS = word_set(
    "command commands cmd args arguments argv extraargs extra_args run script scripts entrypoint shell exec "
    "before_script after_script program start build install tasks steps inline user_data postcreatecommand setup "
    "job"
)
_INNER = word_set("name id path repo repo_id hf value default uri url source ref slug from pretrained identifier")
"""Keys that say nothing themselves: the key above them tells what they name."""
_OTHERS = word_set("image repository registry container author license licence base_image type class tag")


def read_tree(roots: list[Leaf | Branch], seen: Sightings) -> None:
    """Note the releases that trees name."""
    stack: list[tuple[Leaf | Branch, tuple[str, ...]]] = [(each, ()) for each in reversed(roots)]
    while stack:
        node, path = stack.pop()
        if isinstance(node, Leaf):
            continue
        beside = node.texts() if node.mapping else {}
        if node.mapping:
            _environment(node, seen)
            _arguments(node, seen)
        else:
            _words(node.leaves(), seen)
        for key, child in node.children:
            step = (*path, key) if key else path
            if isinstance(child, Leaf):
                _leaf(child, step, beside, seen)
            else:
                stack.append((child, step))


def _leaf(leaf: Leaf, path: tuple[str, ...], beside: dict[str, str], seen: Sightings) -> None:
    if "/" not in leaf.text or not path:
        return
    if any(each.lower() in _COMMANDS for each in path[-3:]) and worth_reading(leaf.text):
        read_text(leaf, seen)
    elif "=" in leaf.text and not any(each.isspace() for each in leaf.text):
        read_command([Word(leaf.text, leaf.line)], seen)
    key = _telling(path)
    about = naming.role(key)
    own = path[-1].lower()
    kind = f"key {path[-1]}" if key == path[-1] else f"key {path[-1]} of {key}"
    if own in _INNER | {"repo_id", "hf_repo"} and any(naming.role(each) == "data set" for each in path[-3:-1]):
        seen.add(leaf.text, leaf.line, kind, WEAK, None, naming.DATASET)
    elif about == "model" and "messages" in beside:
        seen.add(leaf.text, leaf.line, "model of a request", STRONG, None, naming.API)
    elif about:
        seen.add_by_key(key, leaf.text, leaf.line, kind, beside)
    seen.add_addresses(leaf.text, leaf.line)


def _telling(path: tuple[str, ...]) -> str:
    """The key that says what a value is: its own, or the one above where its own says nothing."""
    own = path[-1]
    if len(path) == 1 or naming.role(own):
        return own
    above = path[-2]
    if own.lower() in _INNER or (naming.role(above) and above.lower().endswith("s") and own.lower() not in _OTHERS):
        return above
    return own


def read_text(leaf: Leaf, seen: Sightings) -> None:
    """Note the releases of a value that is a command or a script."""
    shift = leaf.line - 1 + leaf.block
    known: dict[str, Word] = {}
    for command in split(leaf.text).commands:
        read_command([Word(each.text, each.line + shift) for each in command], seen, known)


def _environment(node: Branch, seen: Sightings) -> None:
    children = {key.lower(): child for key, child in node.children}
    name, value = children.get("name"), children.get("value")
    if isinstance(name, Leaf) and isinstance(value, Leaf) and naming.role(name.text):
        seen.add_by_key(name.text, value.text, value.line, f"value of {name.text}", {})


def _arguments(node: Branch, seen: Sightings) -> None:
    """A container's command and args are one command (Kubernetes), as are entrypoint and command (Compose)."""
    lists = {
        key.lower(): child.leaves() for key, child in node.children if isinstance(child, Branch) and not child.mapping
    }
    for first, second in (("command", "args"), ("entrypoint", "command")):
        if first in lists and second in lists:
            _words(lists[first] + lists[second], seen)
    for key, child in node.children:
        if key.lower() in ("args", "command", "cmd"):
            leaves = lists.get(key.lower(), [])
            if isinstance(child, Leaf) and not child.block:
                leaves = [Leaf(each, child.line) for each in child.text.split()]
            if leaves and leaves[0].text == "serve":
                _words([Leaf("vllm", leaves[0].line), *leaves], seen)


def _words(leaves: list[Leaf], seen: Sightings) -> None:
    if len(leaves) > 1 and looks_like_command([each.text for each in leaves]):
        read_command([Word(each.text, each.line + each.block) for each in leaves], seen)
