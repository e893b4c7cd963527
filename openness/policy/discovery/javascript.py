"""Releases that JavaScript and TypeScript name: tokens without comments, read with the call and key around each string."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from openness.core.record import record
from openness.policy.discovery import calls, naming
from openness.policy.discovery.settings import Lines
from openness.policy.discovery.shell import read_shell, worth_reading
from openness.policy.discovery.sightings import STRONG, WEAK, Sightings

MOST_TOKENS = 300_000
_DEEPEST = 200


@record(frozen=True, slots=True)
class Token:
    """A string (`text`), name or sign of the source, with its line from 1."""

    kind: str
    text: str
    line: int


class Frame:
    """An open bracket: the callee before it, the position of the argument or the key that is being read, the keys so far."""

    def __init__(self, sign: str, callee: str) -> None:
        """Begin inside a bracket."""
        self.sign = sign
        self.callee = callee
        self.position = 0
        self.key = ""
        self.beside: dict[str, str] = {}
        self.waiting: list[tuple[str, str, int]] = []
        self.loaded: list[tuple[str, int]] = []


@cache
def _token() -> re.Pattern[str]:
    return re.compile(
        r"""(?P<comment>//[^\n]*|/\*.*?\*/|<!--.*?-->)"""
        r"""|(?P<string>"(?:[^"\\\n]|\\.){0,4000}"|'(?:[^'\\\n]|\\.){0,4000}'|`(?:[^`\\]|\\.){0,20000}`)"""
        r"""|(?P<name>[A-Za-z_$][\w$]{0,200}(?:\s{0,20}\??\.\s{0,20}[A-Za-z_$][\w$]{0,200}){0,12})"""
        r"""|(?P<sign>\?\?=?|\|\|=?|=>|===?|!==?|[(){}\[\],:;=?])"""
        r"""|(?P<other>\d[\w.]{0,40}|\S)""",
        re.DOTALL,
    )


def _tokens(text: str) -> Iterator[Token]:
    lines = Lines(text)
    for count, match in enumerate(_token().finditer(text)):
        if count > MOST_TOKENS:
            return
        kind = match.lastgroup or ""
        if kind == "string":
            yield Token("string", re.sub(r"\\(.)", r"\1", match[0][1:-1]), lines.at(match.start()))
        elif kind == "name":
            yield Token("name", re.sub(r"[\s?]", "", match[0]), lines.at(match.start()))
        elif kind != "comment":
            yield Token(kind, match[0], lines.at(match.start()))


def read_javascript(text: str, seen: Sightings) -> None:
    """Note the releases of JavaScript or TypeScript. Never raises: what is not understood has no context and no meaning."""
    at_home = any(each in text for each in ("localhost", "127.0.0.1", "router.huggingface.co", "api-inference.hug"))
    tokens = list(_tokens(text))
    known = _constants(tokens)
    stack = [Frame("", "")]
    declared, last_name, fallback = "", "", ""
    for number, token in enumerate(tokens):
        before = tokens[number - 1] if number else Token("sign", ";", 1)
        after = tokens[number + 1] if number + 1 < len(tokens) else Token("sign", ";", 1)
        frame = stack[-1]
        if token.kind == "sign":
            if token.text in "({[":
                if len(stack) >= _DEEPEST:
                    break
                stack.append(Frame(token.text, before.text if before.kind == "name" and token.text == "(" else ""))
            elif token.text in ")}]":
                if len(stack) > 1:
                    closed = stack.pop()
                    _closed(closed, seen, at_home)
                    if closed.sign == "{":
                        stack[-1].beside |= {key: each for key, each in closed.beside.items() if key == "revision"}
            elif token.text == ",":
                frame.position += 1
                frame.key = declared = ""
            elif token.text == ";":
                declared = ""
            elif token.text == ":" and before.kind in ("name", "string") and frame.sign == "{":
                frame.key = before.text
                frame.beside.setdefault(frame.key.lower(), "")
            elif token.text in ("=", "??=", "||=") and before.kind in ("name", "string"):
                typed = number > 1 and tokens[number - 2].text == ":"
                declared = declared if typed and declared else before.text
            elif token.text in ("??", "||"):
                fallback = last_name
                continue
        elif token.kind == "name":
            words = token.text
            if before.text in ("const", "let", "var", "readonly"):
                declared = words
            for value, line in known.get(words, ()):
                if frame.sign and after.text not in (":", "=", "("):
                    _string(Token("string", value, line), stack, "", "", seen, True)
            last_name = words
        elif token.kind == "string" and after.text != ":":
            _string(_filled(token, known), stack, declared, fallback, seen, False)
        fallback = ""
        if (
            token.kind == "name"
            and before.text not in ("const", "let", "var", ":", ".")
            and not frame.sign
            and after.text == ":"
        ):
            declared = token.text
    for frame in stack:
        _closed(frame, seen, at_home)


def _filled(token: Token, known: dict[str, list[tuple[str, int]]]) -> Token:
    if "${" not in token.text:
        return token

    def value(match: re.Match[str]) -> str:
        found = known.get(match[1].strip())
        return found[0][0] if found else "{}"

    return Token("string", re.sub(r"\$\{([^{}]{1,200})\}", value, token.text), token.line)


def _constants(tokens: list[Token]) -> dict[str, list[tuple[str, int]]]:
    """Names that the file sets to a string, with the string and its line; a default behind `??` or `||` counts."""
    found: dict[str, list[tuple[str, int]]] = {}
    name = ""
    for number, token in enumerate(tokens):
        if token.kind == "sign" and token.text in ("=", "??=", "||=") and number:
            back = tokens[max(0, number - 4) : number]
            name = next((each.text for each in reversed(back) if each.kind == "name" and each.text != "string"), "")
        elif (token.kind == "sign" and token.text in ";,({[") or token.text in ("const", "let", "var"):
            name = ""
        elif token.kind == "string" and name and tokens[number - 1].text in ("=", "??", "||", "??=", "||=", ":", "?"):
            found.setdefault(name, []).append((token.text, token.line))
    return {key: values[:10] for key, values in found.items()}


def _string(token: Token, stack: list[Frame], declared: str, fallback: str, seen: Sightings, from_name: bool) -> None:
    text, line, frame = token.text, token.line, stack[-1]
    if frame.sign == "{" and frame.key:
        frame.beside[frame.key.lower()] = text
    if "/" not in text and not naming.bare(text):
        return
    if not from_name:
        seen.add_addresses(text, line)
    call = next((each for each in reversed(stack) if each.sign == "(" and each.callee), None)
    callee = call.callee if call and call in stack[-3:] else ""
    last = calls.name(callee)
    if last in calls.SHELLS and frame is call and any(each.isspace() for each in text) and worth_reading(text):
        part = Sightings()
        read_shell(text, part)
        seen.merge(part.raw(), line - 1)
    position = call.position if call else 0
    reason = calls.no_release(callee) if callee else ""
    if frame.sign == "{" and frame.key and not (frame.key == "repo" and callee):
        frame.waiting.append((frame.key, text, line))
        if not callee or naming.role(frame.key) == "":
            return
    if reason:
        seen.add(text, line, f"argument of {last}", STRONG, None, reason)
    elif callee and calls.interface(callee) and (frame is call or naming.role(frame.key)):
        seen.add(text, line, f"model of {last}", STRONG, None, naming.API)
    elif callee and (places := calls.positions(callee)) is not None:
        if (frame is call and position in places) or naming.role(frame.key) == "model" or frame.key == "repo":
            (call or frame).loaded.append((text, line))
    elif (not from_name and frame.sign != "(") or declared or fallback:
        _held(token, frame, declared, fallback, seen)


def _held(token: Token, frame: Frame, declared: str, fallback: str, seen: Sightings) -> None:
    for holder in (declared, fallback):
        about = naming.role(holder) if holder and not (frame.sign == "{" and frame.key) else ""
        if about:
            kind = f"default of {holder}" if holder == fallback else f"value of {holder}"
            seen.add(token.text, token.line, kind, WEAK, None, "" if about == "model" else about)
            return


def _closed(frame: Frame, seen: Sightings, at_home: bool) -> None:
    """Note what a call loads and the keys of an object, once the bracket's end is reached and all keys are known."""
    last = calls.name(frame.callee)
    for text, line in frame.loaded:
        revision = frame.beside.get("revision")
        seen.add(text, line, f"loaded by {last}", STRONG, revision, "", last not in calls.OWNERLESS)
    for key, text, line in frame.waiting:
        if "messages" in frame.beside and not at_home and naming.role(key) == "model":
            seen.add(text, line, "model of a request", STRONG, None, naming.API)
        else:
            seen.add_by_key(key, text, line, f"key {key}", frame.beside)
