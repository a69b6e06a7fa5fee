"""Writes docs/compatibility.md from the reports of the last client tests. Run from the repository root:

bash .ci/run -pl system-tests -am -Dtest=none -Dit.test='OpenAiJava*IT,SpringAi*IT,LangChain4j*IT,ScriptedClientsIT'
python3 system-tests/src/test/clients/make_table.py
"""

import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).parents[4]
CLIENTS = ROOT / "system-tests/src/test/clients"
TARGET = ROOT / "system-tests/target"
POM = (ROOT / "pom.xml").read_text()
NODE = json.loads((CLIENTS / "node/package.json").read_text())["dependencies"]
PYTHON = {
    name.split("[")[0]: version
    for folder in ("python", "python-openai-2")
    for name, version in (line.split("==") for line in (CLIENTS / folder / "requirements.txt").read_text().split())
}


def pom(name):
    return re.search(rf"<{name}\.version>(.*?)</", POM)[1]


# Name, version, script or test classes, and the rows whose feature is not in the client.
CLIENTS_CHECKED = [
    ("openai, Python", PYTHON["openai"], "check_openai.py", []),
    ("openai, Node", NODE["openai"], "check-openai.mjs", []),
    ("AI SDK", f'{NODE["ai"]}, @ai-sdk/openai-compatible {NODE["@ai-sdk/openai-compatible"]}', "check-ai-sdk.mjs", ["model list"]),
    ("openai-java", pom("openai"), "OpenAiJavaIT OpenAiJavaErrorsIT OpenAiJavaImagesIT OpenAiJavaResponsesIT", []),
    (
        "Spring AI",
        pom("spring-ai"),
        "SpringAiIT SpringAiImagesIT",
        ["model list", "image edit", "image edit with a mask"],
    ),
    ("LangChain4j", pom("langchain4j"), "LangChain4jIT LangChain4jImagesIT", ["image as base64"]),
]

# Agents and what they are made with: name, version, script.
AGENTS = [
    ("OpenAI Agents SDK, Python", PYTHON["openai-agents"], "check_openai_agents.py"),
    ("OpenAI Agents SDK, Node", NODE["@openai/agents"], "check-openai-agents.mjs"),
    ("LangChain (langchain-openai)", PYTHON["langchain-openai"], "check_langchain.py"),
    ("Pydantic AI", PYTHON["pydantic-ai-slim"], "check_pydantic_ai.py"),
    ("LiteLLM", PYTHON["litellm"], "check_litellm.py"),
    ("Instructor", PYTHON["instructor"], "check_instructor.py"),
    ("AI SDK, provider for OpenAI", NODE["@ai-sdk/openai"], "check-ai-sdk-openai.mjs"),
    ("Codex CLI", NODE["@openai/codex"], "check-codex.mjs"),
    ("opencode", NODE["opencode-ai"], "check-opencode.mjs"),
]

REFUSED = r"(bad request|invalid request|not found|not allowed|error|exception|refused|says so)"
PICTURES = r"(bad size|picture|mask)"

# Row label, and the pattern of its checks.
ROWS = [
    ("chat", r"^a chat is answered"),
    ("stream", r"^a stream says the same as a whole answer"),
    ("usage", r"\busage$|\busage and"),
    ("cancelled stream", r"cancels its job$"),
    ("model list", r"^models are listed"),
    ("errors", rf"^(?!.*{PICTURES}).*{REFUSED}"),
    ("embeddings", r"^(a text becomes|several texts become)"),
    ("image as URL", r"^a picture comes by its url"),
    ("image as base64", r"^a picture comes in base64"),
    ("several images", r"^several pictures"),
    ("image edit", r"^a picture is edited from its file"),
    ("image edit with a mask", r"^an edit .*\bmask\b"),
    ("image errors", rf"{PICTURES}.*{REFUSED}"),
]

HEAD = """# Tested clients

The tests run these clients against a Holt with the built-in model and tiny models for images and embeddings. Each client needs only the base
URL (`http://127.0.0.1:1088/v1`) and any API key. A number counts the checks that passed.

`system-tests/src/test/clients/make_table.py` writes this file from the test reports.

"""

AGENTS_HEAD = """
## Agents

A model whose replies are scripted calls each agent's tool, and answers by the tool's result. Objects come from the built-in model, held to
a schema. The AI SDK, the Agents SDKs and Codex CLI ask for responses, the others mostly for chats.

"""

BY_HAND = """
## By hand

Open WebUI 0.12.4 was tried once by hand, in Chromium 156, against `./holt up`. It served `holt-chat`, `holt-image`, SmolLM2-135M-Instruct
(GGUF, Q4_1) and all-MiniLM-L6-v2. Open WebUI's settings named Holt as its server for chats, images, edits and embeddings.

| tried | settings | seen |
|---|---|---|
| sign up, list of models | defaults | all models are listed |
| a chat with `holt-chat` | defaults | refused: Open WebUI's own tools make a prompt of 12,399 tokens, and the model holds 1,024. The page shows Holt's message |
| a chat with SmolLM2 | defaults | streamed; the tools are in the prompt, and the model calls none. The first text came after about a minute, on two busy cores |
| a picture | function calling `legacy` | "A red circle on a blue background" shows one |
| an edit of an uploaded picture | function calling `legacy` | the circle becomes green. `holt-chat`, asked to comment on the picture, is refused: it reads text only |
| a question about a text file | function calling `legacy` | "No sources found": SmolLM2 writes no search queries |
| the same | also temperature 0, without generated queries, titles, tags and follow-ups | "Retrieved 1 source" by Holt's embeddings. SmolLM2's answer does not name the keeper that the file names |

With `legacy`, Open WebUI makes the picture itself. With its default, the model must call a tool for it, which was not tried.
"""

CHECKS = """
## Checks

Each row is one check, and "yes" means that it passed with that client. The tests of two clients may word the same check differently.

"""


def by_script(script):
    """Each check as a sentence, and whether it passed."""
    lines = (TARGET / "clients" / f"{script}.tsv").read_text().splitlines()
    parts = [line.split("\t") for line in lines]
    return [(part[1], part[0] == "ok") for part in parts if len(part) == 3]


def by_tests(classes):
    """Each test name as a sentence, and whether it passed. Each parameter set of a test counts as a check."""
    for name in classes.split():
        report = ElementTree.parse(TARGET / f"failsafe-reports/TEST-holt.system.clients.{name}.xml")
        for case in report.iter("testcase"):
            sentence = re.sub("([A-Z])", lambda letter: " " + letter[1].lower(), case.get("name").split("(")[0])
            yield sentence, all(case.find(bad) is None for bad in ("failure", "error", "skipped"))


def cell(client, what, pattern, checks, absent):
    found = [passed for sentence, passed in checks if re.search(pattern, sentence)]
    if (what in absent) == bool(found):
        raise SystemExit(f"{client}, {what}: {len(found)} checks")
    if what in absent:
        return "not in this client"
    return str(len(found)) if all(found) else f"{sum(found)} of {len(found)}"


def row(cells):
    return "| " + " | ".join(cells) + " |\n"


checked = [
    (client, version, list(by_script(source) if "." in source else by_tests(source)), absent)
    for client, version, source, absent in CLIENTS_CHECKED
]
lines = [HEAD, row(["", *(client for client, *_ in checked)]), "|---" * (len(checked) + 1) + "|\n"]
lines.append(row(["version", *(version for _, version, *_ in checked)]))
for what, pattern in ROWS:
    lines.append(row([what, *(cell(client, what, pattern, checks, absent) for client, _, checks, absent in checked)]))
counts = [f"{sum(passed for _, passed in checks)} of {len(checks)}" for _, _, checks, _ in checked]
lines.append(row(["all checks", *counts]))
lines += [AGENTS_HEAD, row(["client", "version", "checks passed", "checks"]), "|---|---|---|---|\n"]
for client, version, script in AGENTS:
    results = by_script(script)
    good = [sentence for sentence, passed in results if passed]
    lines.append(row([client, version, f"{len(good)} of {len(results)}", "; ".join(good)]))
lines += [BY_HAND, CHECKS, row(["check", *(client for client, *_ in checked)]), "|---" * (len(checked) + 1) + "|\n"]
passed_by = [{sentence for sentence, passed in checks if passed} for _, _, checks, _ in checked]
for sentence in sorted(set().union(*passed_by)):
    lines.append(row([sentence, *("yes" if sentence in good else "" for good in passed_by)]))
(ROOT / "docs/compatibility.md").write_text("".join(lines))
