"""What LiteLLM makes of Holt's answers, as one of OpenAI."""

import json
import os

from checks import (
    ANSWER,
    BASE,
    EMBEDDER,
    MODEL,
    QUESTION,
    RESULT,
    SCRIPTED,
    Clock,
    check,
    expect,
    expect_clock,
    run,
)

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # it would fetch the prices of models

import litellm  # noqa: E402

SERVER = {"api_base": BASE, "api_key": "any", "timeout": 60, "num_retries": 0}
PARAMETERS = {
    "type": "object",
    "properties": {"city": {"type": "string"}},
    "required": ["city"],
}
FUNCTION = {"name": "get_time", "description": "Tells the time.", "parameters": PARAMETERS}


def chat(model=SCRIPTED, messages=None, **fields):
    messages = messages or [{"role": "user", "content": QUESTION}]
    return litellm.completion(model=f"openai/{model}", messages=messages, **SERVER, **fields)


@check
def a_tool_is_called_and_its_result_is_read():
    tools = [{"type": "function", "function": FUNCTION}]
    message = chat(tools=tools).choices[0].message
    (call,) = message.tool_calls
    expect(json.loads(call.function.arguments) == {"city": "Oslo"}, call)
    result = {"role": "tool", "tool_call_id": call.id, "content": RESULT}
    messages = [{"role": "user", "content": QUESTION}, message, result]
    answer = chat(messages=messages, tools=tools)
    expect(answer.choices[0].message.content == ANSWER and answer.usage.completion_tokens > 0, answer)


@check
def a_tool_call_is_streamed():
    chunks = list(chat(tools=[{"type": "function", "function": FUNCTION}], stream=True))
    (call,) = litellm.stream_chunk_builder(chunks).choices[0].message.tool_calls
    expect(json.loads(call.function.arguments) == {"city": "Oslo"}, call)


@check
def an_answer_is_an_object():
    answer = chat(MODEL, response_format=Clock)
    expect_clock(Clock.model_validate_json(answer.choices[0].message.content))


@check
def a_response_calls_a_tool_and_reads_its_result():
    tools = [{"type": "function", **FUNCTION}]
    question = {"role": "user", "content": QUESTION}
    fields = {"model": f"openai/{SCRIPTED}", "tools": tools, **SERVER}
    (call,) = litellm.responses(input=[question], **fields).output
    expect(json.loads(call.arguments) == {"city": "Oslo"}, call)
    called = {"type": "function_call", "call_id": call.call_id, "name": call.name, "arguments": call.arguments}
    result = {"type": "function_call_output", "call_id": call.call_id, "output": RESULT}
    answer = litellm.responses(input=[question, called, result], **fields)
    expect(answer.output[0].content[0].text == ANSWER, answer)


@check
def texts_become_vectors():
    answer = litellm.embedding(model=f"openai/{EMBEDDER}", input=["An otter swims.", "x"], **SERVER)
    expect([len(datum["embedding"]) for datum in answer.data] == [32, 32], answer)


@check
def an_unknown_model_is_not_found():
    try:
        chat("nobody")
    except litellm.NotFoundError as e:
        expect(e.status_code == 404, e)
    else:
        raise AssertionError("nothing was raised")


run()
