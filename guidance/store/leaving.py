"""Leaving: everything that an account's helpdesk has left here, to be taken along or erased."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from guidance.errors import MalformedError
from guidance.model import Case, TicketKey
from guidance.ports import Job
from guidance.store import keys
from guidance.store.base import reachable, text
from guidance.store.rewriting import Rewriting

_AT_ONCE = 500
_KINDS = ("case", "counts", "followups", "owned", "promised", "requester", "settled", "watchers")


class Leaving(Rewriting):
    """The part of the store that knows what belongs to an account. Its calls walk all keys: for once, not for a request."""

    def load(self, key: TicketKey) -> Case | None:
        raise NotImplementedError

    def forget_ticket(self, key: TicketKey) -> None:
        raise NotImplementedError

    def forget_arrivals(self, account: str, *, ticket_ids: Collection[str] | None, words: Sequence[str]) -> int:
        raise NotImplementedError

    def forget_work(self, *names: str) -> None:
        raise NotImplementedError

    def close_feed(self, account: str, agent_id: str) -> None:
        raise NotImplementedError

    def jobs(self) -> list[Job]:
        raise NotImplementedError

    def cancel_job(self, job_id: str) -> bool:
        raise NotImplementedError

    def drop_job(self, job_id: str) -> bool:
        raise NotImplementedError

    def tickets(self, account: str) -> Iterator[TicketKey]:
        """Every ticket of an account of which a case is kept. Raises `StoreUnavailableError`."""
        marker = f":case:{account}:"
        for name in self._names(f"*{keys.literally(marker)}*"):
            yield TicketKey(account, name.partition(marker)[2])

    def holds_of(self, account: str) -> bool:
        """Whether anything is kept of an account, be it connected or not."""
        return _may_be(account) and any(self._names(pattern) for pattern in _patterns(account))

    @reachable
    def wipe(self, account: str) -> int:
        """Erase all that is kept of an account but the account itself; how many tickets there were.

        Raises `MalformedError` for what is no account's id: it would be the beginning of others' names.
        """
        if not _may_be(account):
            raise MalformedError(f"an account is called zendesk:acme or the like, not {account!r}")
        self.forget_arrivals(account, ticket_ids=None, words=(account,))  # first, so that no worker saves a ticket anew
        self.forget_work(f":{account}:")
        tickets = list(self.tickets(account))
        for key in tickets:
            self.forget_ticket(key)
        for job in self.jobs():
            if job.asked.get("account") == account:
                self.cancel_job(job.id)
                self.drop_job(job.id)
        for link in self._names(f"*:feedof:{keys.literally(account)}:*"):
            self.close_feed(account, link.rpartition(":")[2])
        for pattern in _patterns(account):
            for name in list(self._names(pattern)):
                self.client.delete(name)
        self.forget_arrivals(account, ticket_ids=None, words=(account,))  # and what came in meanwhile
        self.compact()
        return len(tickets)

    @reachable
    def _names(self, pattern: str) -> list[str]:
        return sorted({text(name) for name in self.client.scan_iter(match=pattern, count=_AT_ONCE)})


def _may_be(account: str) -> bool:
    return account.count(":") == 1 and all(account.split(":"))


def _patterns(account: str) -> Iterator[str]:
    account = keys.literally(account)
    for kind in _KINDS:
        yield f"*:{kind}:{account}"
        yield f"*:{kind}:{account}:*"
    yield f"{{a:{account}:*"
    yield f"{{b:{account}}}:*"
    yield f"{{n:{account}:*"
    yield f"{{n:{account}}}:*"
    yield f"{{w:{account}}}:*"
    yield f"{{v:*:{account}:*"
    yield f"{{v:*:{account}}}:value"
