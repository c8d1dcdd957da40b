from guidance.rules import PackFile, build_rulebook, read_packs, shipped_files, shipped_rulebook
from guidance.signals.ear import Context
from guidance.signals.remembering import RememberingEar
from tests.cast import NOW
from tests.console.furnished import RULE
from tests.conversations_made import sentences

CONTEXT = Context(at=NOW, language="en")


def test_ears_that_share_a_memory_read_what_each_would_read_alone():
    house = build_rulebook(read_packs([*shipped_files(), PackFile("day", RULE.replace("which day", "please"))]))
    known = {}
    ears = [book.ear for book in (shipped_rulebook(), house)]
    for side, told in sentences().items():
        for text in [*told[:150], "Which day, please? " * 1200]:
            for ear in ears:
                remembering = RememberingEar(ear, known)
                read = {"by_customer": side == "customer", "context": CONTEXT}
                assert remembering.read(text, **read) == ear.read(text, **read)


def test_a_text_is_read_once():
    known = {}
    ear = RememberingEar(shipped_rulebook().ear, known)
    first = ear.read("Where is it?", by_customer=True, context=CONTEXT)
    assert ear.read("Where is it?", by_customer=True, context=CONTEXT) is first
    assert ear.read("Where is it?", by_customer=False, context=CONTEXT) is not first
