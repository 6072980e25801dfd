"""What axe-core finds wrong with a page, without asking twice what can't be answered otherwise.

Colours are two thirds of its work, and most pages show what others showed: words in a colour, on the ground of what
lies around them. Where axe-core measured that they can be read, it isn't asked again in the same process.
"""

from pathlib import Path

import axe_playwright_python

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# The rules that measure: a wider phone can break them where the narrowest broke nothing. What else they share is asked
# of the style sheets in tests/test_accessibility.py.
MEASURED = ["scrollable-region-focusable", "target-size"]
# What passed: see `LOOKS`.
PASSED: set[int] = set()

# How each element with words of its own looks, with all that lies around it, as a number. Not of what floats or lies
# where something floats: its ground can be anything.
LOOKS = """() => {
  const number = (text) => {
    let a = 0xdeadbeef, b = 0x41c6ce57;
    for (let at = 0; at < text.length; at += 1) {
      a = Math.imul(a ^ text.charCodeAt(at), 2654435761);
      b = Math.imul(b ^ text.charCodeAt(at), 1597334677);
    }
    return 4294967296 * (2097151 & b) + (a >>> 0);
  };
  const around = new Map(), floating = new Set(), looks = new Map();
  for (const one of document.querySelectorAll('*')) {
    if (!one.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const css = getComputedStyle(one), size = parseFloat(css.fontSize);
    around.set(one, number([
      around.get(one.parentElement), css.color, css.backgroundColor, css.backgroundImage, css.opacity, css.filter,
      css.mixBlendMode, css.textShadow, size >= 24, size >= 18.66 && css.fontWeight >= 700,
    ].join()));
    const sides = [css.top, css.right, css.bottom, css.left];
    const moved = css.position === 'relative' && sides.some((side) => parseFloat(side));
    const apart = !['static', 'relative'].includes(css.position) || moved || css.transform !== 'none'
      || [css.marginTop, css.marginLeft].some((side) => parseFloat(side) < 0);
    if (apart || floating.has(one.parentElement)) floating.add(one);
    const words = [...one.childNodes].some((node) => node.nodeType === 3 && node.nodeValue.trim());
    if (words || one.matches('input, select, textarea, button')) looks.set(one, around.get(one));
  }
  const seen = (box) => box.width > 1 && box.height > 1;  // not what is written for a screen reader alone
  const boxes = [...floating].map((one) => one.getBoundingClientRect()).filter(seen);
  for (const one of looks.keys()) {
    const box = one.getBoundingClientRect();
    const meets = (other) => other.left < box.right && other.right > box.left
      && other.top < box.bottom && other.bottom > box.top;
    if (floating.has(one) || boxes.some(meets)) looks.set(one, 0);
  }
  return looks;
}"""
ASK = f"""async ([tags, passed]) => {{
  const known = new Set(passed), looks = ({LOOKS})();
  const rest = {{ runOnly: tags, resultTypes: ['violations'], rules: {{ 'color-contrast': {{ enabled: false }} }} }};
  const found = (await axe.run(document, rest)).violations;
  const unsure = [...looks.keys()].filter((one) => !known.has(looks.get(one)));
  if (!unsure.length) return [found, []];
  const told = await axe.run({{ include: unsure }}, {{
    runOnly: ['color-contrast'], resultTypes: ['violations', 'passes'], elementRef: true, selectors: false,
  }});
  const fine = told.passes.flatMap((rule) => rule.nodes)
    .filter((node) => node.any.some((check) => check.data?.contrastRatio))
    .map((node) => looks.get(node.element)).filter(Boolean);
  const wrong = told.violations.flatMap((rule) => rule.nodes).map((node) => node.html);
  return [[...found, {{ id: 'color-contrast', nodes: wrong.map((html) => ({{ html }})) }}], fine];
}}"""


def faults(page, width: int = 0) -> list[str]:
    """Between the narrowest phone and another one only what is measured can differ."""
    if not page.evaluate("'axe' in window"):
        page.context.add_init_script(AXE)  # for the pages that come: sent once, not with each
        page.evaluate(AXE)
    if width == 390:
        asked = "async tags => (await axe.run(document, { runOnly: tags, resultTypes: ['violations'] })).violations"
        found = page.evaluate(asked, MEASURED)
    else:
        found, fine = page.evaluate(ASK, [WCAG_22_AA, list(PASSED)])
        PASSED.update(map(int, fine))
    return [f"{fault['id']}: {node['html']}" for fault in found for node in fault["nodes"]]
