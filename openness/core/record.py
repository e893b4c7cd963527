"""Frozen, slotted dataclasses that are cheap to define.

Every start of the program defines some ninety of them. `@dataclass(frozen=True, slots=True)` writes and compiles six methods
for each class, which takes 0.8 ms on Python 3.11. `@record` lets all classes share five of the six, and compiles `__init__` when
a class is first used: many never are. That is a sixth of a warm score (`tests/benchmarks/start.py`). To a type checker, to
`dataclasses.fields` and `replace`, and to pydantic a record is a dataclass.
"""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import TYPE_CHECKING, Any

__all__ = ["record"]

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:
    from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass

    def record(*, frozen: bool, slots: bool) -> Any:
        """As `dataclasses.dataclass(frozen=True, slots=True)`, and nothing more.

        Raises TypeError, when the class is defined, for what records do not support: other values of `frozen` and `slots`, fields
        that are inherited from another dataclass, and `field(…)` with `init`, `repr`, `hash` or `compare`.
        """
        if not frozen or not slots:
            raise TypeError("a record is frozen and slotted")

        def define(cls: type) -> type:
            _check_bases(cls)
            cls.__eq__, cls.__hash__, cls.__repr__ = _equal, _hash, _shown
            made = dataclass(slots=True, eq=False, repr=False, init=False)(cls)
            for each in fields(made):
                _check_field(made, each)
            made.__init__, made.__setattr__, made.__delattr__ = _first_init, _refuse, _refuse
            return made

        return define

    def _check_bases(cls: type) -> None:
        inherited = [base.__name__ for base in cls.__mro__[1:] if is_dataclass(base)]
        if inherited:
            raise TypeError(f"{cls.__name__}: a record cannot inherit the fields of {inherited[0]}")

    def _check_field(cls: type, each: Field[Any]) -> None:
        usual = each.init and each.repr and each.hash is None and each.compare
        if not usual:
            raise TypeError(
                f"{cls.__name__}.{each.name}: a record's field cannot have init, repr, hash or compare of its own"
            )

    def _first_init(self: Any, *values: Any, **named: Any) -> None:
        """The first `__init__` of a class, which makes the real one and leaves its place to it."""
        cls = type(self)
        cls.__init__ = _compiled_init(cls)
        cls.__init__(self, *values, **named)

    def _compiled_init(cls: type) -> Any:
        """The `__init__` that `dataclass` writes for a frozen class with the fields of this one."""
        namespace = {
            "__annotations__": cls.__annotations__,
            "__module__": cls.__module__,
            "__qualname__": cls.__qualname__,
        }
        for each in fields(cls):
            if each.default_factory is not MISSING:
                namespace[each.name] = field(default_factory=each.default_factory, kw_only=each.kw_only)
            else:
                namespace[each.name] = field(default=each.default, kw_only=each.kw_only)
        if hasattr(cls, "__post_init__"):
            namespace["__post_init__"] = cls.__post_init__
        return dataclass(frozen=True, eq=False, repr=False)(type(cls.__name__, (), namespace)).__init__


def _refuse(self: Any, name: str, value: object = None) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _values(self: Any) -> tuple[Any, ...]:
    return tuple(getattr(self, name) for name in self.__slots__)


def _equal(self: Any, other: object) -> bool:
    return _values(self) == _values(other) if other.__class__ is self.__class__ else NotImplemented


def _hash(self: Any) -> int:
    return hash(_values(self))


def _shown(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
    return f"{type(self).__name__}({shown})"
