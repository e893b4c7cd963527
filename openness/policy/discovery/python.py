"""Releases that Python code names, read from its syntax tree: calls, constants, defaults, options and commands."""

from __future__ import annotations

import ast
import warnings

from openness.policy.discovery import calls, naming
from openness.policy.discovery.lines import read_lines
from openness.policy.discovery.scope import Resolver, Scope, dotted, keywords
from openness.policy.discovery.shell import looks_like_command, read_command, read_shell, worth_reading
from openness.policy.discovery.sightings import STRONG, Sightings
from openness.policy.discovery.words import Word

_MOST = 20_000
"""Calls, assignments and literals of one file that are read, of each."""
_REPOSITORY = ("repo_id", "repo_name", "path", "path_or_repo", "name", "repo", "hub_model_id", "repo_or_dir", "src")
_FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


def read_python(text: str, seen: Sightings) -> bool:
    """Note the releases of Python code; say whether it parses. Code that does not is read line by line."""
    tree = parsed(text)
    if tree is None:
        read_lines(text, seen)
        return False
    try:
        _Code(tree, text, seen).read()
    except RecursionError:
        read_lines(text, seen)
        return False
    return True


def parsed(text: str) -> ast.Module | None:
    """The syntax tree of a text, or None where it is not Python or is nested too deeply."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


class _Code:
    """One file: first its names and what they are bound to, then what its calls, assignments and literals name."""

    def __init__(self, tree: ast.Module, text: str, seen: Sightings) -> None:
        self._seen = seen
        self._resolver = Resolver()
        self._calls: list[tuple[ast.Call, Scope]] = []
        self._assigned: list[tuple[str, ast.expr, Scope]] = []
        self._dicts: list[tuple[ast.Dict, Scope]] = []
        self._lists: list[tuple[ast.List | ast.Tuple, Scope]] = []
        self._functions: dict[str, tuple[ast.FunctionDef | ast.AsyncFunctionDef, Scope, bool]] = {}
        self._classes: set[str] = set()
        self._imported: dict[str, str] = {}
        self._at_home = any(
            each in text for each in ("localhost", "127.0.0.1", "router.huggingface.co", "api-inference.hug")
        )
        self._tree = tree

    def read(self) -> None:
        """Note what the file names."""
        self._walk()
        for call, scope in self._calls:
            self._pass_on(call, scope)
        for call, scope in self._calls:
            self._call(call, scope)
        for name, node, scope in self._assigned:
            self._assign(name, node, scope)
        for mapping, scope in self._dicts:
            self._dict(mapping, scope)
        for sequence, scope in self._lists:
            self._list(sequence, scope)

    def _walk(self) -> None:
        stack: list[tuple[ast.AST, Scope]] = [(self._tree, Scope())]
        while stack:
            node, scope = stack.pop()
            inner = scope
            if isinstance(node, _FUNCTION):
                inner = self._function(node, scope)
            elif isinstance(node, ast.ClassDef):
                inner = Scope(scope, True)
                self._classes.add(node.name)
            elif isinstance(node, ast.ImportFrom) and node.module:
                self._imported |= {each.asname or each.name: f"{node.module}.{each.name}" for each in node.names}
            elif isinstance(node, ast.expr):
                self._expression(node, scope)
            self._bindings(node, scope)
            for child in ast.iter_child_nodes(node):
                text = isinstance(child, ast.Expr) and isinstance(child.value, (ast.Constant, ast.JoinedStr))
                if not text and not isinstance(child, (ast.operator, ast.expr_context)):
                    stack.append((child, inner))

    def _expression(self, node: ast.expr, scope: Scope) -> None:
        if isinstance(node, ast.Call) and len(self._calls) < _MOST:
            self._calls.append((node, scope))
        elif isinstance(node, ast.Dict) and len(self._dicts) < _MOST:
            self._dicts.append((node, scope))
        elif isinstance(node, (ast.List, ast.Tuple)) and len(self._lists) < _MOST:
            self._lists.append((node, scope))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            self._seen.add_addresses(node.value, node.lineno)
        elif isinstance(node, ast.JoinedStr):
            fixed = "".join(str(each.value) for each in node.values if isinstance(each, ast.Constant))
            if "huggingface.co" in fixed or "hf.co" in fixed or "hf://" in fixed:
                self._assigned.append(("", node, scope))

    def _bindings(self, node: ast.AST, scope: Scope) -> None:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                self._bind(target, node.value, scope)
        elif isinstance(node, (ast.AnnAssign, ast.AugAssign, ast.NamedExpr)) and node.value is not None:
            self._bind(node.target, node.value, scope)
        elif isinstance(node, (ast.For, ast.AsyncFor, ast.comprehension)):
            self._bind(node.target, node.iter, scope, False)
        elif isinstance(node, ast.withitem) and node.optional_vars is not None:
            self._bind(node.optional_vars, node.context_expr, scope, False)

    def _bind(self, target: ast.expr, value: ast.expr, scope: Scope, told: bool = True) -> None:
        name = ""
        if isinstance(target, (ast.Tuple, ast.List)):
            same = isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts)
            for number, each in enumerate(target.elts[:50]):
                if not isinstance(each, (ast.Tuple, ast.List)):
                    part = value.elts[number] if same and isinstance(value, (ast.Tuple, ast.List)) else value
                    self._bind(each, part, scope, told and same)
        elif isinstance(target, ast.Name):
            name = target.id
            scope.bind(name, value, scope)
            if scope.is_class:
                self._resolver.attributes.bind(name, value, scope)
        elif isinstance(target, ast.Attribute):
            name = target.attr
            self._resolver.attributes.bind(name, value, scope)
        elif isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
            name = str(target.slice.value)
        if name and told and len(self._assigned) < _MOST:
            self._assigned.append((name, value, scope))

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> Scope:
        inner = Scope(scope)
        plain = [*node.args.posonlyargs, *node.args.args]
        with_default = list(zip(plain[::-1], node.args.defaults[::-1], strict=False))
        with_default += [
            (each, value)
            for each, value in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
            if value is not None
        ]
        for each, value in with_default:
            inner.bind(each.arg, value, scope)
            self._assigned.append((each.arg, value, scope))
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call):
                name, default = _option(decorator)
                if default is not None:
                    inner.bind(name, default, scope)
        self._functions[node.name] = (node, inner, scope.is_class)
        return inner

    def _pass_on(self, call: ast.Call, scope: Scope) -> None:
        """Bind the parameters of the file's own functions to what its calls give them."""
        callee = dotted(call.func)
        last = calls.name(callee)
        if last in self._classes:
            for key, value in keywords(call).items():
                self._resolver.attributes.bind(key, value, scope)
            last = "__init__"
        name, default = _option(call)
        if default is not None:
            self._resolver.attributes.bind(name, default, scope)
        if last in self._functions:
            node, inner, method = self._functions[last]
            names = [each.arg for each in (*node.args.posonlyargs, *node.args.args)][method:]
            for each, value in zip(names, call.args, strict=False):
                inner.bind(each, value, scope)
            for key, value in keywords(call).items():
                inner.bind(key, value, scope)

    def _add(
        self,
        node: ast.expr,
        scope: Scope,
        kind: str,
        weight: int,
        revision: str = "",
        left_out: str = "",
        bare: bool = False,
    ) -> None:
        for value, line in self._resolver.values(node, scope):
            value = value.removeprefix("models/") if kind.endswith("load") else value
            self._seen.add(value, line, kind, weight, revision or None, left_out, not bare)

    def _call(self, call: ast.Call, scope: Scope) -> None:
        callee = dotted(call.func)
        root, _, rest = callee.partition(".")
        callee = ".".join(filter(None, (self._imported.get(root, root), rest)))
        last, given = calls.name(callee), keywords(call)
        revision = self._resolver.text(given.get("revision"), scope)
        repository = self._resolver.text(given.get("repo_type"), scope)
        left_out = calls.no_release(callee) or {"dataset": naming.DATASET, "space": naming.SPACE}.get(repository, "")
        if callee == "gradio_client.Client":
            left_out = naming.SPACE
        places = calls.positions(callee)
        if left_out:
            for node in call.args[:1] + [given[key] for key in _REPOSITORY if key in given]:
                self._add(node, scope, f"argument of {last}", STRONG, "", left_out)
        elif calls.interface(callee) and not calls.on_the_hub(callee):
            reason = "" if self._served_here(call, given, scope) else naming.API
            for node in call.args[:1] + [
                value for key, value in given.items() if naming.role(key) in ("model", "API model")
            ]:
                self._add(node, scope, f"model of {last}", STRONG, "", reason)
        elif places is not None:
            named = [call.args[each] for each in places if each < len(call.args)]
            named += [
                value for key, value in given.items() if naming.role(key) == "model" or key == "model_size_or_path"
            ]
            for node in named:
                self._add(node, scope, f"loaded by {last}", STRONG, revision, "", last in calls.OWNERLESS)
        else:
            self._other(call, last, given, revision, scope)

    def _other(self, call: ast.Call, last: str, given: dict[str, ast.expr], revision: str, scope: Scope) -> None:
        name, default = _option(call)
        if default is not None:
            self._weak(name, default, scope, f"default of --{name}", {})
        elif last in ("get", "getenv", "setdefault", "pop", "config", "env", "get_env") and call.args:
            key = self._resolver.text(call.args[0], scope)
            for node in call.args[1:2] + [given[each] for each in ("default",) if each in given]:
                self._weak(key, node, scope, f"default of {key}", {})
        elif last in calls.SHELLS:
            for node in call.args[:1]:
                for value, line in self._resolver.values(node, scope):
                    if any(each.isspace() for each in value) and worth_reading(value):
                        part = Sightings()
                        read_shell(value, part)
                        self._seen.merge(part.raw(), line - 1)
        beside = self._beside(given, scope)
        for key, node in given.items():
            if key != "default":
                self._weak(
                    key, node, scope, f"argument {key} of {last}" if last else f"argument {key}", beside, revision
                )

    def _weak(
        self, key: str, node: ast.expr, scope: Scope, kind: str, beside: dict[str, str], revision: str = ""
    ) -> None:
        if naming.role(key):
            for value, line in self._resolver.values(node, scope):
                self._seen.add_by_key(key, value, line, kind, beside, revision or None)

    def _beside(self, given: dict[str, ast.expr], scope: Scope) -> dict[str, str]:
        return {key.lower(): self._resolver.text(node, scope) for key, node in given.items() if key in naming.TELLING}

    def _served_here(self, call: ast.Call, given: dict[str, ast.expr], scope: Scope) -> bool:
        """Whether the client of a call, as far as the file tells, talks to this machine or to the Hub."""
        clients = [(call, scope)]
        root = call.func
        while isinstance(root, ast.Attribute) and not isinstance(root.value, ast.Call):
            clients += [
                (each.node, each.scope) for each in self._resolver.nodes(root, scope) if isinstance(each.node, ast.Call)
            ]
            root = root.value
        found = [root.value] if isinstance(root, ast.Attribute) else [root]
        for node in found:
            clients += [
                (each.node, each.scope) for each in self._resolver.nodes(node, scope) if isinstance(each.node, ast.Call)
            ]
        for client, inner in clients:
            if calls.on_the_hub(dotted(client.func)):
                return True
            beside = self._beside(keywords(client), inner)
            if any(beside.get(each) for each in naming.PLACES):
                return naming.served_elsewhere(beside) is False
        return False

    def _assign(self, name: str, node: ast.expr, scope: Scope) -> None:
        if name:
            self._weak(name, node, scope, f"value of {name}", {})
        else:
            for value, line in self._resolver.values(node, scope):
                self._seen.add_addresses(value, line)

    def _dict(self, mapping: ast.Dict, scope: Scope) -> None:
        given = {
            key.value: value
            for key, value in zip(mapping.keys, mapping.values, strict=True)
            if isinstance(key, ast.Constant) and isinstance(key.value, str)
        }
        beside = self._beside(given, scope)
        for key, node in given.items():
            if "messages" in given and naming.role(key) == "model" and not self._at_home:
                self._add(node, scope, "model of a request", STRONG, "", naming.API)
            else:
                self._weak(key, node, scope, f"key {key}", beside)
        if "name" in given and "value" in given:
            name = self._resolver.text(given["name"], scope)
            self._weak(name, given["value"], scope, f"value of {name}", {})

    def _list(self, sequence: ast.List | ast.Tuple, scope: Scope) -> None:
        if not any(isinstance(each, ast.Constant) and isinstance(each.value, str) for each in sequence.elts):
            return
        words = []
        for each in sequence.elts[:500]:
            found = self._resolver.values(each, scope)
            words.append(Word(*found[0]) if found else Word("", each.lineno))
        if len(words) > 1 and looks_like_command([each.text for each in words]):
            read_command(words, self._seen)


def _option(call: ast.Call) -> tuple[str, ast.expr | None]:
    """The name and default of an option that argparse, click or typer declare; the default is None where there is none."""
    last = dotted(call.func).rpartition(".")[2]
    if last not in ("add_argument", "option", "argument", "add_option"):
        return "", None
    flags = [each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    given = keywords(call)
    longest = max((each for each in flags), key=lambda each: (each.startswith("--"), len(each)), default="")
    name = given["dest"].value if "dest" in given and isinstance(given["dest"], ast.Constant) else longest
    return str(name).lstrip("-").replace("-", "_"), given.get("default")
