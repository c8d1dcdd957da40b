"""A helpdesk in bad weather over real HTTP, without any idempotency of its own; and a worker process whose tasks go there.

`python -m tests.soak.weather STORE_URL HELPDESK_URL TIMING` runs the worker until it is killed.
"""

from __future__ import annotations

import json
import random
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec
import requests

from guidance.dispatch import Timing
from guidance.errors import HelpdeskError
from guidance.integrations.calls import Call, attempt, check, open_session
from guidance.model import Person
from guidance.ports import TaskMade
from guidance.rules import shipped_rulebook
from guidance.store import open_store
from guidance.worker import Worker
from tests.conftest import KEY


class Weather:
    """Makes a task for every POST, also the second one for the same follow-up; `share` of the calls fail.

    A third of those before the work, a third after it, a third do it up to `late` seconds after the caller's time-out.
    """

    def __init__(self, share, time_out, late, seed=1):
        self.made, self.calls, self.failed = {}, 0, 0
        self.share, self.time_out, self.late = share, time_out, late
        self.rng, self.lock, self.waiting = random.Random(seed), threading.Lock(), []

    def __enter__(self):
        weather = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                weather.find(self)

            def do_POST(self):
                weather.create(self)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        return self

    def __exit__(self, *_):
        for timer in self.waiting:
            timer.join()
        self.server.shutdown()
        self.server.server_close()

    def create(self, call):
        name = json.loads(call.rfile.read(int(call.headers["Content-Length"])))["follow_up"]
        with self.lock:
            self.calls += 1
            fails = self.rng.random() < self.share
            self.failed += fails
            how = self.rng.choice(["before", "after", "late"]) if fails else None
            late = self.rng.uniform(0, self.late)
        if how == "before":
            return answer(call, 503, {})
        if how == "late":
            timer = threading.Timer(self.time_out + late, self.commit, [name])
            timer.start()
            self.waiting.append(timer)
            call.close_connection = True
            return None if threading.Event().wait(self.time_out + 0.2) else None
        self.commit(name)
        if how == "after":
            call.close_connection = True
            return None
        return answer(call, 201, {"id": name})

    def commit(self, name):
        with self.lock:
            self.made[name] = self.made.get(name, 0) + 1

    def find(self, call):
        name = call.path.rpartition("/")[2]
        with self.lock:
            found = name in self.made
        answer(call, 200, {"id": name if found else None})


def answer(call, status, told):
    body = json.dumps(told).encode()
    call.send_response(status)
    call.send_header("Content-Length", str(len(body)))
    call.end_headers()
    call.wfile.write(body)


class Client:
    """The `Helpdesk` port as far as tasks need it, with our own time-outs and typed errors."""

    def __init__(self, url, time_out):
        self.url, self.time_out = url, time_out
        self.session = requests.Session()
        self.session.trust_env = False
        open_session(self.session)

    def call(self, method, path, body=None):
        call = Call("The helpdesk", method, path)
        told = attempt(
            call, lambda: self.session.request(method, self.url + path, json=body, timeout=(3.0, self.time_out))
        )
        check(call, told)
        return told.json()

    def create_task(self, task):
        return TaskMade(task_id=self.call("POST", "/tasks", {"follow_up": task.follow_up_id})["id"])

    def find_task(self, task):
        found = self.call("GET", f"/tasks/{task.follow_up_id}")["id"]
        return TaskMade(task_id=found) if found else None

    def agent(self, agent_id):
        return Person(id=agent_id)

    def fetch_conversation(self, ticket_id):
        raise HelpdeskError("nothing to fetch here", permanent=True)

    def update_task(self, update):
        pass

    def write_note(self, note):
        pass

    def has_note(self, note):
        return True


def main():
    store_url, helpdesk_url, told = sys.argv[1:]
    timing = msgspec.json.decode(told, type=dict)
    time_out = timing.pop("time_out")
    store = open_store(store_url, key=KEY, max_connections=64)
    book = shipped_rulebook()
    client = Client(helpdesk_url, time_out)
    Worker(store, lambda: book, connect=lambda _account: client, timing=Timing(**timing)).run()


if __name__ == "__main__":
    main()
