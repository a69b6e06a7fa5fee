"""Writes docs/compatibility.md from the reports of the last run of the clients' tests. From the repository's root:

bash .ci/run -pl system-tests -am -Dit.test='OpenAiJava*IT,SpringAiIT,LangChain4jIT,ScriptedClientsIT' -Dfailsafe.failIfNoSpecifiedTests=false
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
PYTHON = (CLIENTS / "python/requirements.txt").read_text()


def pom(name):
    return re.search(rf"<{name}\.version>(.*?)</", POM)[1]


# Name, version, and the script or the test classes that check it.
ROWS = [
    ("openai, Python", PYTHON.strip().split("==")[1], "check_openai.py"),
    ("openai, Node", NODE["openai"], "check-openai.mjs"),
    ("AI SDK (ai, @ai-sdk/openai-compatible)", f'{NODE["ai"]}, {NODE["@ai-sdk/openai-compatible"]}', "check-ai-sdk.mjs"),
    ("openai-java", pom("openai"), "OpenAiJavaIT OpenAiJavaErrorsIT"),
    ("Spring AI", pom("spring-ai"), "SpringAiIT"),
    ("LangChain4j", pom("langchain4j"), "LangChain4jIT"),
]

HEAD = """# Clients that are checked

Written by `system-tests/src/test/clients/make_table.py` from the reports of the tests that run these clients against a Holt with the built-in model. Each has
one base URL (`http://127.0.0.1:1088/v1`) and any key. Images are not among the checks yet.

| client | version | checks that passed |
|---|---|---|
"""


def by_script(script):
    """Each check's sentence, and whether it passed."""
    lines = (TARGET / "clients" / f"{script}.tsv").read_text().splitlines()
    parts = [line.split("\t") for line in lines]
    return [(part[1], part[0] == "ok") for part in parts if len(part) == 3]


def by_tests(classes):
    """Each test's name as a sentence, and whether it passed; a test with several parameters counts as often."""
    for name in classes.split():
        report = ElementTree.parse(TARGET / f"failsafe-reports/TEST-holt.system.clients.{name}.xml")
        for case in report.iter("testcase"):
            sentence = re.sub("([A-Z])", lambda letter: " " + letter[1].lower(), case.get("name").split("(")[0])
            yield sentence, all(case.find(bad) is None for bad in ("failure", "error", "skipped"))


lines = [HEAD]
lists = []
for client, version, source in ROWS:
    found = list(by_script(source) if "." in source else by_tests(source))
    good = [sentence for sentence, passed in found if passed]
    lines.append(f"| {client} | {version} | {len(good)} of {len(found)} |\n")
    lists.append(f"\n**{client}**: " + "; ".join(dict.fromkeys(good)) + ".\n")
(ROOT / "docs/compatibility.md").write_text("".join(lines + lists))
