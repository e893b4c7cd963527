"""Names of a Python file and the strings that they may stand for, as far as the file itself tells."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from openness.core.record import record
from openness.policy.discovery.tables import word_set

MOST_VALUES, MOST_STEPS, DEEPEST = 30, 300_000, 14
"""Values of one expression, steps of resolving in one file, and links of one chain of names that are followed."""
Value = tuple[str, int]
"""A string and the line of its literal, from 1."""


class Scope:
    """A module, class or function: the expressions that its names are bound to, each with the scope it is read in."""

    def __init__(self, above: Scope | None = None, is_class: bool = False) -> None:
        """Begin an empty scope inside another."""
        self.above = above
        self.is_class = is_class
        self.bound: dict[str, list[Bound]] = {}

    def bind(self, name: str, node: ast.expr, scope: Scope) -> None:
        """Note that a name may stand for an expression."""
        known = self.bound.setdefault(name, [])
        if len(known) < MOST_VALUES:
            known.append(Bound(node, scope))

    def find(self, name: str) -> list[Bound]:
        """What a name may stand for, as seen from here; a function does not see the names of the class around it."""
        here: Scope | None = self
        while here is not None:
            if name in here.bound and (not here.is_class or here is self):
                return here.bound[name]
            here = here.above
        return []


@record(frozen=True, slots=True)
class Bound:
    """An expression and the scope that it is read in."""

    node: ast.expr
    scope: Scope


def dotted(node: ast.expr) -> str:
    """The dotted name of a callee, such as client.chat.completions.create; calls within it are written as `()`."""
    parts: list[str] = []
    for _ in range(30):
        if isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Call):
            parts.append("()")
            node = node.func
        elif isinstance(node, ast.Name):
            parts.append(node.id)
            break
        else:
            break
    return ".".join(reversed(parts))


def keywords(call: ast.Call) -> dict[str, ast.expr]:
    """The keyword arguments of a call; those of a literal `**{…}` too."""
    found = {each.arg: each.value for each in call.keywords if each.arg}
    for each in call.keywords:
        if each.arg is None and isinstance(each.value, ast.Dict):
            for key, value in zip(each.value.keys, each.value.values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    found.setdefault(key.value, value)
    return found


class Resolver:
    """Works out which strings an expression may be."""

    def __init__(self) -> None:
        """Begin with no attributes known."""
        self.attributes = Scope()
        """Attributes by name, whatever they are attributes of: `self.model`, `args.model`, a class's own."""
        self._steps = 0

    def values(self, node: ast.expr, scope: Scope, depth: int = 0) -> list[Value]:
        """The strings that an expression may be, each once with the line of its literal; none where the file does not tell."""
        found: dict[Value, None] = {}
        for each in self._values(node, scope, depth):
            found.setdefault(each)
            if len(found) >= MOST_VALUES:
                break
        return list(found)

    def text(self, node: ast.expr | None, scope: Scope) -> str:
        """The first string that an expression may be, else the empty string."""
        found = self.values(node, scope) if node is not None else []
        return found[0][0] if found else ""

    def nodes(self, node: ast.expr, scope: Scope, depth: int = 0) -> list[Bound]:
        """The expressions that a name or attribute stands for; any other expression stands for itself."""
        self._steps += 1
        if depth > DEEPEST or self._steps > MOST_STEPS:
            return []
        if isinstance(node, ast.Name):
            bound = scope.find(node.id)
        elif isinstance(node, ast.Attribute):
            bound = self.attributes.bound.get(node.attr, [])
        else:
            return [Bound(node, scope)]
        return [deep for each in bound for deep in self.nodes(each.node, each.scope, depth + 1)][:MOST_VALUES]

    def _values(self, node: ast.expr, scope: Scope, depth: int) -> Iterator[Value]:
        self._steps += 1
        if depth > DEEPEST or self._steps > MOST_STEPS:
            return
        deeper = depth + 1
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str):
                yield node.value, node.lineno
        elif isinstance(node, ast.JoinedStr):
            yield from self._joined(node.values, node.lineno, scope, deeper)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            yield from self._joined([node.left, node.right], node.lineno, scope, deeper)
        elif isinstance(node, (ast.Name, ast.Attribute)):
            for each in self.nodes(node, scope, deeper):
                yield from self._values(each.node, each.scope, deeper)
        elif isinstance(node, ast.Call):
            for inner in _defaults(node):
                yield from self._values(inner, scope, deeper)
        elif isinstance(node, ast.Subscript):
            yield from self._chosen(node, scope, deeper)
        else:
            for inner in _parts(node):
                yield from self._values(inner, scope, deeper)

    def _joined(self, parts: list[ast.expr], line: int, scope: Scope, depth: int) -> Iterator[Value]:
        texts = [""]
        for part in parts:
            inner = part.value if isinstance(part, ast.FormattedValue) else part
            options = [text for text, _ in self.values(inner, scope, depth)]
            texts = [head + tail for head in texts for tail in options if len(head) + len(tail) < 4_000][:MOST_VALUES]
        yield from ((text, line) for text in texts)

    def _chosen(self, node: ast.Subscript, scope: Scope, depth: int) -> Iterator[Value]:
        key = node.slice.value if isinstance(node.slice, ast.Constant) else None
        for each in self.nodes(node.value, scope, depth):
            if isinstance(each.node, ast.Dict):
                pairs = list(zip(each.node.keys, each.node.values, strict=True))
                exact = [value for name, value in pairs if isinstance(name, ast.Constant) and name.value == key]
                for value in exact if exact or key is not None else [value for _, value in pairs]:
                    yield from self._values(value, each.scope, depth)
            elif isinstance(each.node, (ast.List, ast.Tuple)):
                items = each.node.elts
                if isinstance(key, int) and -len(items) <= key < len(items):
                    items = [items[key]]
                for value in items:
                    yield from self._values(value, each.scope, depth)


def _parts(node: ast.expr) -> list[ast.expr]:
    """The expressions of which an expression takes one value, or all."""
    if isinstance(node, ast.BoolOp):
        return node.values
    if isinstance(node, ast.IfExp):
        return [node.body, node.orelse]
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        return node.elts[:MOST_VALUES]
    if isinstance(node, ast.Dict):
        return node.values[:MOST_VALUES]
    if isinstance(node, (ast.NamedExpr, ast.Await, ast.Starred)):
        return [node.value]
    if isinstance(node, ast.Lambda):
        return [node.body]
    return []


_PASSED = frozenset({"str", "cast", "Path", "expandvars", "expanduser", "Literal", "quote"})
_METHODS = word_set("copy items lower lstrip removeprefix removesuffix rstrip strip values")
_LOOKUPS = word_set("config env env_str environ_get get get_env getenv pop setdefault str_env")
_DECLARED = word_set("Argument Body Field Form Option Param Query Setting TextInput field")


def _defaults(call: ast.Call) -> list[ast.expr]:
    """The arguments that a call may return: a default of the environment, of a field, of a look-up, or what it passes on."""
    name = dotted(call.func).rpartition(".")[2]
    given = keywords(call)
    found = [given[key] for key in ("default", "default_factory", "fallback") if key in given]
    if name in _METHODS and isinstance(call.func, ast.Attribute):
        found.append(call.func.value)
    elif name in _PASSED:
        found += call.args[-1:]
    elif name in _LOOKUPS:
        found += call.args[1:2]
    elif name == "getattr":
        found += call.args[2:3]
    elif name in _DECLARED:
        found += call.args[:1]
    return found
