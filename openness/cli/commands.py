"""The commands by their words. Each stands in a file of its own, which is imported when it is called or its help is shown."""

from __future__ import annotations

from openness.cli.declare import Command

COMMANDS = {
    words: Command(words)
    for words in (
        "score",
        "explain",
        "advise",
        "compare",
        "check",
        "lock",
        "init",
        "report",
        "attest",
        "catalogue",
        "schema",
        "rubric list",
        "rubric show",
        "rubric validate",
        "rubric test",
        "component list",
        "component show",
        "licence show",
        "licence identify",
        "licence list",
        "licence diff",
        "cache info",
        "cache clear",
    )
}
"""Every command by its words, in the order of the help."""

GROUPS = {
    "rubric": (
        "The rubrics that releases are judged by.",
        "Examples: openness rubric list · openness rubric show osaid · openness rubric test all",
    ),
    "component": (
        "What is looked for in a release, and what each status means.",
        "Examples: openness component list · openness component show training-code",
    ),
    "licence": (
        "Licences: what each lets you do, clause by clause. No legal advice.",
        "Examples: openness licence show llama3.1 · openness licence identify LICENSE · "
        "openness licence list --class non-commercial · openness licence diff mit llama2",
    ),
    "cache": ("Facts kept on this machine.", "Examples: openness cache info · openness cache clear"),
}
"""The first words of commands that have two: what they are about, and examples."""


def command_of(argv: list[str]) -> tuple[Command, list[str]] | None:
    """The command that a command line names, and the words after it; None where it names none."""
    for count in (1, 2):
        found = COMMANDS.get(" ".join(argv[:count]))
        if found is not None and len(argv) >= count:
            return found, argv[count:]
    return None
