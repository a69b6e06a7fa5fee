"""Renders requests of OpenAI's API with chat templates, as servers do it with transformers, for the Java tests.

Needs: pip install transformers==4.57.1 jinja2==3.1.6

    python make_prompt_fixtures.py
    python make_prompt_fixtures.py --templates FOLDER --out FILE     (all *.jinja of another folder)
"""

import argparse
import copy
import json
import pathlib

import jinja2
import make_template_fixtures
from transformers.utils import chat_template_utils

RESOURCES = pathlib.Path(__file__).parent.parent / "resources/holt/engine"
FAILURES = (jinja2.exceptions.TemplateError, TypeError, ValueError, AttributeError, RecursionError)
TOKENS = {"bos_token": "<s>", "eos_token": "</s>"}
TOOLS = copy.deepcopy(make_template_fixtures.TOOLS)
TOOLS[0]["function"]["parameters"]["properties"]["units"]["type"] = "string"  # Hermes knows no null
ARGUMENTS = '{"city": "Köln \\"x\\"", "days": 2, "deep": [1.5, null, true, {"a": []}], "far": 1e5}'


def call(name, arguments, number):
    return {"id": f"abcdef12{number}", "type": "function", "function": {"name": name, "arguments": arguments}}


def requests():
    """(name, messages, tools, chat_template_kwargs) as clients send them."""
    tools = TOOLS
    system = {"role": "system", "content": "Be brief."}
    user = {"role": "user", "content": "Weather?"}
    called = {"role": "assistant", "content": None, "tool_calls": [call("get_weather", ARGUMENTS, 1)]}
    result = {"role": "tool", "tool_call_id": "abcdef121", "content": '{"t": 21.0}'}
    named = {**result, "name": "get_weather"}
    two = {**called, "tool_calls": [*called["tool_calls"], call("now", "", 2)]}
    thought = {**called, "content": "I look.", "reasoning_content": "Hm.\n"}
    yield "plain", [system, user], [], {}
    yield "tools", [system, user], tools, {}
    yield "tools without a system turn", [user], tools, {}
    yield "a call", [user, called], tools, {}
    yield "a result", [system, user, called, result], tools, {}
    yield "a named result", [user, called, named, {"role": "assistant", "content": "21"}, user], tools, {}
    yield "two calls", [user, two, result, {**result, "tool_call_id": "abcdef122", "content": "12:00"}], tools, {}
    yield "a call after thought", [user, thought, result], tools, {}
    yield "developer", [{"role": "developer", "content": "Be brief."}, user], tools, {}
    yield "thinking off", [user], tools, {"enable_thinking": False}


def prepared(messages, template):
    """As servers prepare messages: arguments are values, and developers are the system where the template has none."""
    messages = copy.deepcopy(messages)
    for message in messages:
        if message["role"] == "developer" and "developer" not in template:
            message["role"] = "system"
        for each in message.get("tool_calls", []):
            arguments = each["function"]["arguments"]
            each["function"]["arguments"] = json.loads(arguments) if arguments else {}
    return messages


def render(template, messages, tools, arguments):
    compiled = chat_template_utils._compile_jinja_template(template)
    variables = {"documents": None, "add_generation_prompt": True, **TOKENS, **arguments}
    return compiled.render(messages=prepared(messages, template), tools=tools or None, **variables)


def expected(template, messages, tools, arguments):
    """None content is empty text if the template cannot take it. Returns None for a refusal."""
    empty = [{**message, "content": message["content"] or ""} for message in messages]
    try:
        text = render(template, messages, tools, arguments)
        if "None" not in text:
            return text
    except FAILURES:
        pass
    try:
        return render(template, empty, tools, arguments)
    except FAILURES:
        return None


def knows_tools(template):
    try:
        return "get_weather" in render(template, [{"role": "user", "content": "Hi"}], TOOLS, {})
    except FAILURES:
        return False


def fixtures(folder):
    cases = {}
    templates = {path.stem: path.read_text() for path in sorted(folder.glob("*.jinja"))}
    templates = {name: source for name, source in templates.items() if knows_tools(source)}
    dated = {"date_string": "5 Mar 2025"}
    everything = [(name, messages, tools, {**dated, **arguments}) for name, messages, tools, arguments in requests()]
    for name, source in templates.items():
        cases[name] = {request[0]: expected(source, *request[1:]) for request in everything}
    return {
        "requests": {name: {"messages": m, "tools": t, "arguments": a} for name, m, t, a in everything},
        "templates": [{"name": name, "template": source, "prompts": cases[name]} for name, source in templates.items()],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--templates", type=pathlib.Path, default=RESOURCES / "template/models")
    parser.add_argument("--out", type=pathlib.Path, default=RESOURCES / "text/prompts.json")
    arguments = parser.parse_args()
    arguments.out.parent.mkdir(exist_ok=True)
    make_template_fixtures.write(arguments.out, fixtures(arguments.templates))


if __name__ == "__main__":
    main()
