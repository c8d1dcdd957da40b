"""The name of every key, in one place. All keys of a ticket share its shard's tag, so each script touches one slot."""

from __future__ import annotations

import hashlib

from guidance.model import SHARDS, TicketKey

GROUP = "workers"


def tag(shard: int) -> str:
    """The hash tag of a shard, 0 to 15."""
    return f"{{s{shard}}}"


def inbox(shard: int) -> str:
    return f"{tag(shard)}:inbox"


def mark(shard: int, account: str, value: str) -> str:
    """Hashed, since a mark may be a signature."""
    return f"{tag(shard)}:mark:{hashlib.sha256(f'{account}|{value}'.encode()).hexdigest()[:32]}"


def case(key: TicketKey) -> str:
    return f"{tag(key.shard)}:case:{key}"


def out(shard: int) -> str:
    return f"{tag(shard)}:out"


def trimmed(shard: int) -> str:
    return f"{tag(shard)}:trimmed"


def due(shard: int) -> str:
    return f"{tag(shard)}:due"


def work(shard: int) -> str:
    return f"{tag(shard)}:work"


def leased(shard: int, worker: str) -> str:
    """What of the planned work a worker has claimed, by the end of its lease."""
    return f"{tag(shard)}:leased:{worker}"


def follow_ups(shard: int, account: str) -> str:
    return f"{tag(shard)}:followups:{account}"


def promised(shard: int, account: str) -> str:
    """An account's open promises by due time."""
    return f"{tag(shard)}:promised:{account}"


def owned(shard: int, account: str, owner_id: str | None) -> str:
    """One agent's open promises by due time; of nobody in particular, under ``''``."""
    return f"{tag(shard)}:owned:{account}:{owner_id or ''}"


def settled(shard: int, account: str) -> str:
    """An account's closed promises by the time they were closed."""
    return f"{tag(shard)}:settled:{account}"


def feed(secret: str) -> str:
    """Whose calendar a secret link shows; hashed, so that the store does not hold the link."""
    return f"{{f}}:feed:{hashlib.sha256(secret.encode()).hexdigest()}"


def feed_of(account: str, agent_id: str) -> str:
    return f"{{f}}:feedof:{account}:{agent_id}"


def watchers(key: TicketKey) -> str:
    return f"{tag(key.shard)}:watchers:{key}"


def failures(shard: int) -> str:
    return f"{tag(shard)}:failures"


def failed(shard: int) -> str:
    """A shard's failures by the time at which they were noted."""
    return f"{tag(shard)}:failed"


def requester(shard: int, account: str, requester_id: str) -> str:
    """Which tickets of this shard are a requester's, for erasure."""
    return f"{tag(shard)}:requester:{account}:{requester_id}"


def counts(shard: int, account: str, month: str) -> str:
    """`month` as in 2026-03."""
    return f"{tag(shard)}:counts:{account}:{month}"


def votes(account: str, rule: str) -> str:
    return f"{{n:{account}:{rule}}}:votes"


def voted(account: str) -> str:
    """An account's rules that were voted on, by the day of the last vote."""
    return f"{{n:{account}}}:voted"


def misread(account: str, rule: str) -> str:
    """On which tickets somebody called a rule misread, by time; in the slot of the rule's votes."""
    return f"{{n:{account}:{rule}}}:misread"


def watching(account: str, agent_id: str, session: str) -> str:
    """What one of an agent's windows has open, each of which has a session of its own."""
    return f"{{a:{account}:{agent_id}}}:watching:{session}"


def habits(account: str, agent_id: str) -> str:
    return f"{{a:{account}:{agent_id}}}:habits"


def habit_mark(account: str, agent_id: str, effect_id: str) -> str:
    return f"{{a:{account}:{agent_id}}}:counted:{effect_id}"


def budget(account: str) -> str:
    return f"{{b:{account}}}:budget"


def waiting(account: str) -> str:
    return f"{{b:{account}}}:waiting"


def roster(account: str) -> str:
    return f"{{w:{account}}}:roster"


def cards(account: str) -> str:
    return f"{{w:{account}}}:cards"


def known(account: str, kind: str) -> str:
    """`kind`: open or solved; an account's tickets of which there is a card, by their last change."""
    return f"{{w:{account}}}:known:{kind}"


def term(account: str, term_id: str) -> str:
    """In which solved tickets a term stands; its id is a keyed mark of the word."""
    return f"{{w:{account}}}:term:{term_id}"


def circle(account: str, mark: str) -> str:
    """The open tickets of somebody, or of their organization; a keyed mark says whose."""
    return f"{{w:{account}}}:circle:{mark}"


def asked(account: str, agent_id: str) -> str:
    return f"{{w:{account}}}:asked:{agent_id}"


def resting(account: str) -> str:
    return f"{{w:{account}}}:resting"


def accounts() -> str:
    return "{g}:accounts"


def records(kind: str) -> str:
    """`kind`: users, drafts, partners, judged."""
    return f"{{g}}:records:{kind}"


def changes() -> str:
    return "{g}:changes"


def revision() -> str:
    """Counts up with every change to accounts, settings and rules, but for secrets alone, so that whoever keeps a copy notices."""
    return "{g}:revision"


def editions() -> str:
    return "{g}:editions"


def jobs() -> str:
    return "{j}:jobs"


def upload(job_id: str) -> str:
    return f"{{j}}:upload:{job_id}"


def value(name: str) -> str:
    return f"{{v:{name}}}:value"


def literally(value: str) -> str:
    """A part of a pattern that stands for itself and nothing else, whatever signs are in it."""
    return "".join(f"\\{sign}" if sign in "*?[]\\" else sign for sign in value)


def shard_named(number: str) -> int | None:
    """The shard whose number somebody gives as part of an id; None for what is no shard's."""
    return next((shard for shard in shards() if str(shard) == number), None)


def shards() -> range:
    """Every shard's number."""
    return range(SHARDS)
