"""axe-core, as it comes with axe-playwright-python, on a page or a frame: what a person with a screen reader would trip over."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe

_AXE = Axe()
_GRAVE = ("serious", "critical")

FOCUS = """() => {
  const reached = new Set(), unmarked = [];
  document.addEventListener("focusin", ({ target }) => {
    reached.add(target);
    const look = getComputedStyle(target);
    if (look.outlineStyle === "none" && look.boxShadow === "none") unmarked.push(target.outerHTML.slice(0, 120));
  });
  const all = () => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
    .filter((one) => !one.disabled && one.checkVisibility());
  window.keys = { count: () => all().length, left: () => all().filter((one) => !reached.has(one)).map((one) => one.outerHTML.slice(0, 120)), unmarked };
}"""
"""Run in a page, it keeps as `keys` what the keyboard has not reached yet, and what shows no sign of having the focus."""


SETTLED = """() => Promise.allSettled(
  document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime < Infinity).map((one) => one.finished))"""
"""Run in a page, it ends once whatever fades in is there: half faded in, words have no contrast yet."""


def faults(where, *, only=None):
    """The serious and critical faults of a page or frame, a line each: the rule, where, and what axe says. `only`: one rule."""
    where.evaluate(SETTLED)
    if not where.evaluate("'axe' in window"):
        where.evaluate(_AXE.axe_script)
    told = where.evaluate(
        "async (options) => (await axe.run(options)).violations",
        {"resultTypes": ["violations"], **({"runOnly": [only]} if only else {})},
    )
    return [
        f"{one['id']} at {node['target'][0]}: {node['failureSummary']}"
        for one in told
        if one["impact"] in _GRAVE
        for node in one["nodes"]
    ]
