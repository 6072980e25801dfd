"""Templates call and write directly. Jinja2 asks at every call who wants its context, and wraps what is safe already;
a page has a thousand of both, and they were a quarter of its rendering.

So nothing in a template may be made with `pass_context` or its like; a filter may.
"""

from keyword import iskeyword
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape


class Direct(CodeGenerator):
    """Python for a template in which a call is a call."""

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if any(iskeyword(one.key) for one in node.kwargs):
            super().visit_Call(node, frame, forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for mark, parts in (
            ("", node.args),
            ("*", [node.dyn_args]),
            ("", node.kwargs),
            ("**", [node.dyn_kwargs]),
        ):
            for part in filter(None, parts):
                self.write(mark)
                self.visit(part, frame)
                self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        """A template that is imported without context is the same for all: nobody adds globals of their own."""
        if node.with_context:
            super()._import_common(node, frame)
            return
        self.write("environment.get_template(")
        self.visit(node.template, frame)
        self.write(f", {self.name!r}).module")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("environment.safe(")
        else:
            super()._output_child_pre(node, frame, finalize)


def safe(value: Any) -> Markup:
    """A value as it may stand in a page."""
    return value if type(value) is Markup else escape(value)
