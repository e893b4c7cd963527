"""What the register says of a licence beyond what a score needs, for pages about licences."""

from __future__ import annotations

from openness.core.licence import Licence, LicenceClass, Mention, Summary, TextMatch
from openness.core.record import record


@record(frozen=True, slots=True)
class LicenceLine:
    """One line of a list of licences; `hub` holds the Hub's identifiers for the licence."""

    id: str
    name: str
    licence_class: LicenceClass
    osi: bool | None
    hub: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class TextPlace:
    """The public place of a licence text that was read: repository, file, and commit ('' where it is not known)."""

    repo: str
    path: str
    commit: str = ""


@record(frozen=True, slots=True)
class LicenceDetail:
    """A licence with everything known of it, for a page of its own.

    `read` says whether its text was read; where it was not, a term that is missing here is unknown, not absent. `kind` is
    `licence`, `use-policy`, `family` (a tag that may mean any of `members`) or `expression` (`members` are its parts). `rule`
    is the rule by which a licence gets the class.
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
    """What a file or standard input was found to be: its name, how it was read (`notices`), the match, and what follows.

    `summary` is set where a licence was identified, `mentions` where no licence text was recognised.
    """

    source: str
    notices: tuple[str, ...]
    match: TextMatch
    summary: Summary | None = None
    mentions: tuple[Mention, ...] = ()
