"""What the register holds of officers, as the plan of an import needs it: asked once, when the first row speaks of one."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from models.engine.record import Values
from models.records.catalogue import stored_names
from models.records.officer import Officer


@dataclass
class Officers:
    """All posts by their uids and by union, carried on row by row."""

    @cached_property
    def held(self) -> dict[str, Values]:
        """All posts by uid."""
        fields = [Officer._meta.fields[name] for name in ("uid", *stored_names(Officer))]
        rows = Officer.select(*fields).order_by(Officer.id).dicts()
        return {row["uid"]: dict(row) for row in rows}  # type: ignore[index, call-overload]  # the stubs keep the model's type

    @cached_property
    def _by_union(self) -> dict[str, list[Values]]:
        found: dict[str, list[Values]] = defaultdict(list)
        for post in self.held.values():
            found[str(post["union"])].append(post)
        return found

    def of_union(self, union: str) -> list[Values]:
        """The posts of a union (uid), those that rows of this import add too; they may be changed in place."""
        return self._by_union[union]

    def take(self, post: Values) -> None:
        """Take a post into the picture that a row creates."""
        posts = self._by_union[str(post["union"])]
        self.held[post["uid"]] = post
        posts.append(post)
