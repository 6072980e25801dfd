"""What axe-core finds wrong with a page. At a second width it isn't asked again for what can't differ there."""

from pathlib import Path

import axe_playwright_python

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# The rules that measure: a wider phone can break them where the narrowest broke nothing. What else they share is asked
# of the style sheets in tests/test_accessibility.py.
MEASURED = ["scrollable-region-focusable", "target-size"]
ASKED = "{ runOnly: tags, resultTypes: ['violations'] }"
# Colours are most of the work. Which elements are seen in other ones than when all were last asked, on the same page
# at another width: each with all that lies around it. What floats can lie on anything, so it is always one of them.
LOOK = """() => {
  const before = window.looksBefore, now = new Map(), names = window.looksKnown ??= new Map(), other = [];
  for (const one of document.querySelectorAll('*')) {
    if (!one.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const css = getComputedStyle(one), size = parseFloat(css.fontSize), floats = css.position !== 'static';
    const look = [
      now.get(one.parentElement), css.color, css.backgroundColor, css.backgroundImage, css.opacity, css.filter,
      css.mixBlendMode, css.textShadow, size >= 24, size >= 18.66 && css.fontWeight >= 700, floats,
    ].join();
    if (!names.has(look)) names.set(look, names.size);
    now.set(one, names.get(look));
    if (before && (floats || before.get(one) !== now.get(one))) other.push(one);
  }
  window.looksBefore = now;
  return before && other;
}"""
ASK = f"""async tags => {{
  const other = ({LOOK})(), asked = {ASKED};
  if (!other) return (await axe.run(document, asked)).violations;
  const rest = {{ ...asked, rules: {{ 'color-contrast': {{ enabled: false }} }} }};
  const found = (await axe.run(document, rest)).violations;
  if (!other.length) return found;
  const colours = await axe.run({{ include: other }}, {{ ...asked, runOnly: ['color-contrast'] }});
  return [...found, ...colours.violations];
}}"""


def faults(page, width: int = 0) -> list[str]:
    """Between the narrowest phone and another one only what is measured can differ."""
    if not page.evaluate("'axe' in window"):
        page.context.add_init_script(AXE)  # for the pages that come: sent once, not with each
        page.evaluate(AXE)
    if width == 390:
        found = page.evaluate(f"async tags => (await axe.run(document, {ASKED})).violations", MEASURED)
    else:
        found = page.evaluate(ASK, WCAG_22_AA)
    return [f"{fault['id']}: {node['html']}" for fault in found for node in fault["nodes"]]
