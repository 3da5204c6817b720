"""Cycles in what waits for what."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping


def cycles(needs: Mapping[str, Collection[str]]) -> list[tuple[str, ...]]:
    """Find cycles, enough of them that taking one step out of each leaves none.

    A depth-first walk that reports each step back onto its own path; it looks at each step once.

    Args:
        needs: for each name the names that it waits for.

    Returns:
        The names of each cycle; the first one's step to the second is the step back.

    Example:
        >>> cycles({"a": ["b"], "b": ["c"], "c": ["b"]})
        [('c', 'b')]
    """
    found: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start in needs:
        if start not in done:
            found += _walk(start, needs, done)
    return found


def _walk(start: str, needs: Mapping[str, Collection[str]], done: set[str]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    path: dict[str, Iterator[str]] = {start: iter(needs.get(start, ()))}
    while path:
        name = next(reversed(path))
        following = next(path[name], None)
        if following is None:
            path.popitem()
            done.add(name)
        elif following in path:
            names = list(path)
            found.append((name, *names[names.index(following) : -1]))
        elif following not in done:
            path[following] = iter(needs.get(following, ()))
    return found
