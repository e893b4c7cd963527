"""What the register says of a licence beyond what a score needs, for pages about licences themselves."""

from __future__ import annotations

from openness.core.licence import Licence, LicenceClass, Mention, Summary, TextMatch
from openness.core.record import record


@record(frozen=True, slots=True)
class LicenceLine:
    """One line of a list of licences; `hub` holds the Hub's own identifiers for it."""

    id: str
    name: str
    licence_class: LicenceClass
    osi: bool | None
    hub: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class TextPlace:
    """A public place where a licence's text stands that was read: repository, file, and commit where it is known."""

    repo: str
    path: str
    commit: str = ""


@record(frozen=True, slots=True)
class LicenceDetail:
    """A licence with all that is known of it, for a page of its own.

    `read` says whether its text was read: if not, a term that is not there is unknown, not absent. `kind` is `licence`,
    `use-policy`, `family` (a tag that may mean any of `members`) or `expression` (of which `members` are the parts).
    `rule` is the rule by which a licence gets the class, in words.
    """

    licence: Licence
    class_name: str
    rule: str
    read: bool
    kind: str = "licence"
    publisher: str = ""
    version: str = ""
    note: str = ""
    hub: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    texts: tuple[TextPlace, ...] = ()
    members: tuple[LicenceLine, ...] = ()


@record(frozen=True, slots=True)
class Identification:
    """What a file or stream was found to be: its name, how it was read (`notices`), the match, and what follows from it.

    `summary` stands where a licence was identified, `mentions` where no licence text was recognised.
    """

    source: str
    notices: tuple[str, ...]
    match: TextMatch
    summary: Summary | None = None
    mentions: tuple[Mention, ...] = ()
