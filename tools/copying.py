"""What the copy button gives: runnable code without prompts and outputs."""

import html
import re

_PYCON = re.compile(
    r'<div class="(?P<classes>[^"]*\blanguage-pycon\b[^"]*)"(?P<attributes>[^>]*)>'
    r"(?P<body>.*?<code[^>]*>(?P<code>.*?)</code>.*?)</div>",
    re.DOTALL,
)
_PROMPT = re.compile(r"^(>>>|\.\.\.)(?: (?P<code>.*)|)$")


def runnable(session: str) -> str:
    """Return the code of an interactive session.

    Examples:
        >>> print(runnable(">>> for i in range(2):\\n...     i\\n0\\n1\\n>>> x = 1"), end="")
        for i in range(2):
            i
        <BLANKLINE>
        x = 1
    """
    lines: list[str] = []
    for text in session.splitlines():
        prompt = _PROMPT.match(text)
        if prompt is None:
            continue
        if prompt[1] == ">>>" and lines and lines[-1].startswith((" ", "\t")):
            lines.append("")  # a console needs it to end the suite
        lines.append(prompt["code"] or "")
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines) + "\n"


def _with_copy(match: re.Match[str]) -> str:
    session = html.unescape(re.sub(r"<[^>]+>", "", match["code"]))
    code = html.escape(runnable(session)).replace("\n", "&#10;")
    return (
        f'<div class="{match["classes"]}"{match["attributes"]} data-copy="{code}">'
        f"{match['body']}</div>"
    )


def add_copies(page: str) -> str:
    """Give each interactive session of a page the code that its copy button copies."""
    return _PYCON.sub(_with_copy, page)
