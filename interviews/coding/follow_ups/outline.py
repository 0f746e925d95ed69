"""What a program is made of, whatever language it is written in. No Django here: a child process reads with it."""

from dataclasses import dataclass, field

Place = tuple[int, int]  # line from 1, column from 0


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a program. `size`: the parameters of a function, or the statements in a handler of errors."""

    begin: Place
    end: Place
    name: str = ""
    size: int = 0

    @property
    def line(self) -> int:
        return self.begin[0]

    @property
    def lines(self) -> int:
        return self.end[0] - self.begin[0] + 1

    def holds(self, other: "Span") -> bool:
        return self.begin <= other.begin and other.end <= self.end


@dataclass(slots=True)
class Outline:
    """`searches` are look-ups in something by the name of what is searched, `handlers` what catches errors.

    `shared` are variables that a whole program can change, `defaults` parameters with a default that can be changed.
    """

    functions: list[Span] = field(default_factory=list)
    loops: list[Span] = field(default_factory=list)
    calls: list[Span] = field(default_factory=list)
    searches: list[Span] = field(default_factory=list)
    variables: list[Span] = field(default_factory=list)
    numbers: list[Span] = field(default_factory=list)
    handlers: list[Span] = field(default_factory=list)
    shared: list[Span] = field(default_factory=list)
    defaults: list[Span] = field(default_factory=list)
