"""The public API: what each function promises, the errors that it raises, and that it prints nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from inspect import signature
from pathlib import Path

import pytest

import openness
from openness.core.errors import (
    AttestationError,
    NotAvailableOffline,
    OpennessError,
    PolicyError,
    ReleaseNotFound,
    RubricError,
    SourceUnavailable,
    UsageError,
)
from openness.core.gate import Outcome
from openness.core.options import CheckOptions, Options, fields_of
from tests.cli.conftest import CARD
from tests.hub.loopback import LFS, LoopbackHub

POLICY = '[policy]\nmin-class = "open-weights"\n[[releases]]\nid = "org/name"\n'


@pytest.fixture
def project(hub: LoopbackHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that depends on one release, as the working directory."""
    hub.add_model("org/name", files={"config.json": "{}", "model.safetensors": LFS(size=10), "README.md": CARD})
    (tmp_path / "openness.toml").write_text(POLICY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def _prints_nothing(capfd: pytest.CaptureFixture[str]) -> object:
    yield
    printed = capfd.readouterr()
    assert (printed.out, printed.err) == ("", "")


def test_a_score() -> None:
    card = openness.score("gpt-4", offline=True)
    assert isinstance(card, openness.Scorecard)
    assert card.rubric.id == "retort"
    assert card.standings
    assert not openness.score("gpt-4", offline=True, standings=False).standings
    assert openness.score(model="gpt-4", offline=True) == card


def test_several_rubrics() -> None:
    assert {card.rubric.id for card in openness.score_by_all("gpt-4", offline=True)} >= {"retort", "mof", "osaid"}
    assert [card.rubric.id for card in openness.score_by_all("gpt-4", rubric="mof,retort", offline=True)] == [
        "mof",
        "retort",
    ]


def test_advice() -> None:
    advice = openness.advise("mistral-7b", offline=True)
    assert advice
    assert openness.score("mistral-7b", offline=True, advise=True).advice == advice


def test_an_explained_criterion() -> None:
    assert openness.explain("gpt-4", "data-exact", offline=True).id == "data-exact"
    assert openness.explain("gpt-4", "mof/training-code", offline=True).id == "training-code"
    assert openness.explain("gpt-4", "training-code", rubric="mof", offline=True).id == "training-code"


def test_a_comparison() -> None:
    comparison = openness.compare("mistral-7b", "llama-2-7b", offline=True)
    assert len(comparison.releases) == 2
    assert comparison.rubric.id == "retort"


def test_a_check(project: Path) -> None:
    gated = openness.check()
    assert {each.release for each in gated.results} == {"org/name"}
    assert openness.check(str(project / "openness.toml")).results == gated.results


def test_a_check_tells_of_a_release_that_is_not_there_in_its_results(project: Path) -> None:
    (project / "openness.toml").write_text(POLICY + '[[releases]]\nid = "org/none"\n', encoding="utf-8")
    [result] = [each for each in openness.check().results if each.release == "org/none"]
    assert result.outcome is Outcome.UNDECIDED


def test_a_check_in_an_outage_says_retry(project: Path, hub: LoopbackHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openness.sources.hubclient.FIRST_WAIT", 0.01)
    hub.fault("/", kind="status", code=503)
    assert {each.outcome for each in openness.check().results} == {Outcome.RETRY}


Call = Callable[[], object]


@pytest.mark.parametrize(
    ("call", "error", "said", "hint"),
    [
        (lambda: openness.score("a/b/c"), UsageError, "is not a model name", ""),
        (lambda: openness.score("org/none", offline=True), NotAvailableOffline, "neither in the cache", "network"),
        (lambda: openness.score("gpt-4", rubric="osaid-9"), UsageError, "no rubric is called 'osaid-9'", "retort"),
        (lambda: openness.score("gpt-4", rubric="none.yaml"), RubricError, "cannot be read", ""),
        (lambda: openness.score("gpt-4", attest=("none.yaml",)), AttestationError, "cannot be read", ""),
        (lambda: openness.score("org/name"), SourceUnavailable, "cannot be reached", "try again later"),
        (lambda: openness.score_by_all("org/none", offline=True), ReleaseNotFound, "neither in the cache", ""),
        (lambda: openness.score_by_all("gpt-4", rubric="a,b"), UsageError, "no rubric is called 'a'", ""),
        (lambda: openness.advise("org/none", offline=True), ReleaseNotFound, "neither in the cache", ""),
        (lambda: openness.advise("gpt-4", rubric="nonsense"), UsageError, "no rubric is called", ""),
        (lambda: openness.explain("gpt-4", "nonsense", offline=True), UsageError, "no criterion 'nonsense'", "it has"),
        (lambda: openness.explain("gpt-4", "data-exakt", offline=True), UsageError, "no criterion", "data-exact"),
        (lambda: openness.explain("gpt-4", "mof/nonsense", offline=True), UsageError, "rubric mof has no", "it has"),
        (lambda: openness.explain("gpt-4", "none/x", offline=True), UsageError, "no rubric is called 'none'", ""),
        (lambda: openness.explain("org/none", "data-exact", offline=True), ReleaseNotFound, "neither", ""),
        (lambda: openness.compare("gpt-4", offline=True), UsageError, "one release cannot be compared", "two"),
        (lambda: openness.compare(offline=True), UsageError, "one release cannot be compared", "two"),
        (lambda: openness.compare("gpt-4", "org/none", offline=True), ReleaseNotFound, "neither in the cache", ""),
        (lambda: openness.compare("gpt-4", "none.json", offline=True), UsageError, "cannot be read", ""),
        (lambda: openness.check("none.toml"), PolicyError, "none.toml", ""),
        (lambda: openness.check(baseline="none.json", config="openness.toml"), PolicyError, "openness.toml", ""),
    ],
)
def test_promised_errors(
    call: Call, error: type[OpennessError], said: str, hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("openness.sources.hubclient.FIRST_WAIT", 0.01)
    with pytest.raises(error) as raised:
        call()
    assert said in raised.value.message
    assert hint in raised.value.hint
    assert isinstance(raised.value, openness.OpennessError)


@pytest.mark.parametrize(
    ("text", "keywords", "error", "said"),
    [
        ("[policy", {}, PolicyError, "openness.toml: "),
        (POLICY, {"locked": True}, PolicyError, "there is no openness.lock"),
        (POLICY, {"baseline": "none.json"}, PolicyError, "there is no such baseline"),
        (POLICY.replace("[policy]", '[policy]\nrubric = "none.yaml"'), {}, RubricError, "none.yaml"),
        (POLICY.replace("[policy]", '[policy]\nrubric = "nonsense"'), {}, UsageError, "no rubric is called"),
    ],
)
def test_promised_errors_of_a_check(
    project: Path, text: str, keywords: dict[str, object], error: type[OpennessError], said: str
) -> None:
    (project / "openness.toml").write_text(text, encoding="utf-8")
    with pytest.raises(error) as raised:
        openness.check(**keywords)  # type: ignore[arg-type]  # of several types
    assert said in raised.value.message


def test_a_comparison_by_different_rubrics(tmp_path: Path) -> None:
    from openness.outputs.saved import SCHEMA_VERSION, Document, plain

    path = tmp_path / "saved.json"
    saved = Document(SCHEMA_VERSION, (openness.score("gpt-4", offline=True, rubric="mof"),))
    path.write_text(json.dumps(plain(saved)), encoding="utf-8")
    assert openness.compare(str(path), "gpt-3", offline=True).rubric.id == "mof"
    with pytest.raises(UsageError, match="holds 0 scorecards of the rubric retort"):
        openness.compare(str(path), "gpt-3", offline=True, rubric="retort")


@pytest.mark.parametrize("name", ["score", "score_by_all", "advise", "explain", "compare"])
def test_keywords_are_the_fields_of_the_options(name: str) -> None:
    shown = signature(getattr(openness, name)).parameters
    assert {each.name for each in fields_of(Options)} <= set(shown)
    for each in fields_of(Options):
        assert shown[each.name].default == each.default or each.name == "rubric"
        assert shown[each.name].annotation == each.kind
    with pytest.raises(TypeError, match="unexpected keyword argument"):
        getattr(openness, name)("gpt-4", *(["data-exact"] if name == "explain" else []), offlin=True)


def test_keywords_of_a_check() -> None:
    assert list(signature(openness.check).parameters) == [each.name for each in fields_of(CheckOptions)]


def test_an_unknown_attribute() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        openness.nonsense  # noqa: B018 - the access is the test


@pytest.mark.parametrize(
    "call",
    [
        "openness.score('gpt-4', offline=True)",
        "openness.score_by_all('gpt-4', offline=True)",
        "openness.advise('gpt-4', offline=True)",
        "openness.explain('gpt-4', 'data-exact', offline=True)",
        "openness.compare('gpt-4', 'gpt-3', offline=True)",
        "openness.check(offline=True)",
    ],
)
def test_no_function_imports_the_command_line(call: str, tmp_path: Path) -> None:
    (tmp_path / "openness.toml").write_text('releases = ["gpt-4"]\n[policy]\nmin-score = 1\n', encoding="utf-8")
    code = (
        f"import openness, sys; {call}; "
        "assert not [m for m in sys.modules if m.startswith('openness.cli') or m in ('typer', 'rich')]"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
