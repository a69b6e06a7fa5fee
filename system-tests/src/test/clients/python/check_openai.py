"""What OpenAI's client for Python makes of Holt's answers."""

import base64
import json
import struct
import time
import urllib.request
from pathlib import Path

import openai
from checks import (
    BASE,
    CITIES,
    EMBEDDER,
    ENDLESS,
    IMAGE,
    MASK,
    MODEL,
    PAINTER,
    SCRIPTED,
    STORY,
    Clock,
    check,
    expect,
    expect_clock,
    run,
)

CLOCK = {
    "type": "function",
    "function": {
        "name": "clock",
        "description": "Tells the time.",
        "parameters": {
            "type": "object",
            "properties": {"city": {"type": "string", "enum": list(CITIES)}},
            "required": ["city"],
            "additionalProperties": False,
        },
    },
}

client = openai.OpenAI(base_url=BASE, api_key="any", max_retries=0, timeout=60)
strict = openai.OpenAI(
    base_url=BASE, api_key="any", max_retries=0, timeout=60, _strict_response_validation=True
)


def chat(text=STORY, **fields):
    fields = {"model": MODEL, "temperature": 0} | fields
    return client.chat.completions.create(messages=[{"role": "user", "content": text}], **fields)


def otter(**fields):
    return client.images.generate(**{"model": PAINTER, "prompt": "an otter"} | fields)


def hat(image=Path(IMAGE), **fields):
    return client.images.edit(model=PAINTER, prompt="a hat", image=image, extra_body={"seed": 5}, **fields)


def fetch(picture):
    with urllib.request.urlopen(picture.url) as reply:
        return reply.read()


def size(file):
    """Of a PNG, as clients ask for it: 101x67."""
    expect(file.startswith(b"\x89PNG\r\n\x1a\n"), file[:16])
    width, height = struct.unpack(">II", file[16:24])
    return f"{width}x{height}"


def refused(kind, status, code, param, call):
    try:
        call()
    except kind as e:
        expect(e.status_code == status, e.status_code)
        expect(e.code == code, e.code)
        expect(e.param == param, e.param)
        expect(e.type == "invalid_request_error", e.type)
        expect(e.request_id, e.request_id)
    else:
        raise AssertionError("nothing was raised")


@check
def a_chat_is_answered():
    answer = chat()
    expect(answer.choices[0].message.content.strip(), answer)
    expect(answer.choices[0].message.role == "assistant", answer)
    expect(answer.choices[0].finish_reason == "stop", answer)
    expect(answer.model == MODEL and answer.object == "chat.completion", answer)


@check
def an_answer_has_its_usage_and_request_id():
    answer = chat(max_completion_tokens=5)
    expect(answer.usage.prompt_tokens > 0 and answer.usage.completion_tokens == 5, answer.usage)
    expect(answer.usage.total_tokens == answer.usage.prompt_tokens + 5, answer.usage)
    expect(answer.choices[0].finish_reason == "length", answer)
    expect(answer._request_id, answer)


@check
def a_stream_says_the_same_as_a_whole_answer():
    whole = chat()
    chunks = list(chat(stream=True))
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    expect(text == whole.choices[0].message.content, text)
    expect(len(chunks) > 10 and len({chunk.id for chunk in chunks}) == 1, len(chunks))
    expect(chunks[-1].choices[0].finish_reason == "stop", chunks[-1])


@check
def a_stream_ends_with_its_usage():
    *_, last = chat(stream=True, stream_options={"include_usage": True})
    expect(last.choices == [] and last.usage.total_tokens > last.usage.prompt_tokens > 0, last)


@check
def a_stream_that_is_left_cancels_its_job():
    stream = chat(stream=True, model=ENDLESS)
    job = next(iter(stream)).id.removeprefix("chatcmpl-")
    stream.close()
    end = time.monotonic() + 10
    status = None
    while status != "cancelled" and time.monotonic() < end:
        with urllib.request.urlopen(f"{BASE}/jobs/{job}") as reply:
            status = json.load(reply)["status"]
    expect(status == "cancelled", status)


@check
def a_prompt_is_completed_and_has_log_probabilities():
    plain = strict.completions.create(model=MODEL, prompt="An otter", max_tokens=3, logprobs=2, temperature=0)
    expect(len(plain.choices[0].logprobs.tokens) == 3, plain)
    # The client's own schema has no null, which OpenAI also sends for the first token of an echo.
    answer = client.completions.create(
        model=MODEL, prompt=["An otter", "A dog"], max_tokens=3, echo=True, logprobs=2, temperature=0
    )
    expect([choice.index for choice in answer.choices] == [0, 1], answer)
    expect(answer.choices[0].text.startswith("An otter"), answer)
    logprobs = answer.choices[0].logprobs
    expect(logprobs.token_logprobs[0] is None and logprobs.token_logprobs[1] < 0, logprobs)
    chunks = list(client.completions.create(model=MODEL, prompt="An otter", max_tokens=3, temperature=0, stream=True))
    text = "".join(chunk.choices[0].text for chunk in chunks)
    expect("An otter" + text == answer.choices[0].text, text)


@check
def a_text_becomes_a_vector():
    answer = client.embeddings.create(model=EMBEDDER, input="An otter swims.")
    numbers = client.embeddings.create(model=EMBEDDER, input=["An otter swims."], encoding_format="float")
    vector = answer.data[0].embedding
    expect(len(vector) == 32 and abs(sum(x * x for x in vector) - 1) < 1e-5, vector)
    expect(max(abs(x - y) for x, y in zip(vector, numbers.data[0].embedding)) < 1e-6, numbers)
    expect(answer.usage.prompt_tokens == answer.usage.total_tokens > 2, answer.usage)


@check
def several_texts_become_shorter_vectors_in_their_order():
    texts = ["An otter swims.", "x", "Hello"]
    answer = strict.embeddings.create(
        model=EMBEDDER, input=texts, dimensions=8, encoding_format="float"
    )
    expect([datum.index for datum in answer.data] == [0, 1, 2], answer)
    expect(all(len(datum.embedding) == 8 for datum in answer.data), answer)
    alone = client.embeddings.create(model=EMBEDDER, input="x", dimensions=8).data[0].embedding
    expect(max(abs(x - y) for x, y in zip(answer.data[1].embedding, alone)) < 1e-5, alone)


@check
def a_text_that_is_too_long_for_a_vector_is_a_bad_request():
    refused(
        openai.BadRequestError,
        400,
        "context_length_exceeded",
        "input[1]",
        lambda: client.embeddings.create(model=EMBEDDER, input=["x", "otter " * 50]),
    )


@check
def a_model_that_makes_no_vectors_is_a_bad_request():
    refused(
        openai.BadRequestError,
        400,
        "invalid_model_kind",
        "model",
        lambda: client.embeddings.create(model=MODEL, input="x"),
    )


@check
def models_are_listed_and_found():
    names = {model.id for model in client.models.list()}
    expect(names == {MODEL, "holt-image", ENDLESS, SCRIPTED, PAINTER, EMBEDDER}, names)
    expect(client.models.retrieve(MODEL).id == MODEL, MODEL)


@check
def several_answers_and_log_probabilities_are_read():
    answer = chat(n=2, temperature=1, seed=7, logprobs=True, top_logprobs=2, max_tokens=3)
    expect([choice.index for choice in answer.choices] == [0, 1], answer)
    tokens = answer.choices[1].logprobs.content
    expect(len(tokens) == 3 and len(tokens[0].top_logprobs) == 2, tokens)


@check
def a_picture_comes_by_its_url_in_the_size_asked_for():
    answer = otter(size="101x67")
    (picture,) = answer.data
    expect(answer.created > 0 and picture.b64_json is None, answer)
    expect(size(fetch(picture)) == "101x67", answer)


@check
def a_picture_comes_in_base64_in_the_size_asked_for():
    (picture,) = otter(size="101x67", response_format="b64_json").data
    expect(picture.url is None, picture.url)
    expect(size(base64.b64decode(picture.b64_json)) == "101x67", "another size")


@check
def several_pictures_are_several_urls():
    urls = {picture.url for picture in otter(n=3).data}
    expect(len(urls) == 3 and None not in urls, urls)


@check
def fields_of_other_services_are_ignored():
    answer = otter(quality="hd", style="vivid", moderation="low", background="auto", user="otter")
    expect(len(answer.data) == 1, answer)


@check
def a_picture_is_edited_from_its_file():
    (picture,) = hat(size="64x48").data
    expect(size(fetch(picture)) == "64x48", picture)


@check
def an_edit_with_a_mask_is_another_than_without():
    whole, part = fetch(hat().data[0]), fetch(hat(mask=Path(MASK)).data[0])
    expect(size(part) == "41x30", size(part))
    expect(part != whole, "the same")


@check
def a_bad_size_is_a_bad_request():
    bad = openai.BadRequestError
    refused(bad, 400, "invalid_value", "size", lambda: otter(size="9000x10"))


@check
def a_file_that_is_no_picture_is_a_bad_request():
    bad = openai.BadRequestError
    refused(bad, 400, "invalid_image", "image", lambda: hat(image=("otter.png", b"an otter")))


@check
def a_model_that_makes_no_pictures_is_a_bad_request():
    bad = openai.BadRequestError
    refused(bad, 400, "invalid_model_kind", "model", lambda: otter(model=MODEL))


@check
def an_unknown_model_of_pictures_is_not_found():
    refused(openai.NotFoundError, 404, "model_not_found", "model", lambda: otter(model="nobody"))


@check
def a_tool_is_called_and_its_result_is_read():
    answer = chat(tools=[CLOCK], tool_choice="required").choices[0]
    (call,) = answer.message.tool_calls
    expect(answer.finish_reason == "tool_calls", answer)
    expect(json.loads(call.function.arguments)["city"] in CITIES, call)
    result = {"role": "tool", "tool_call_id": call.id, "content": "noon"}
    history = [{"role": "user", "content": STORY}, answer.message, result]
    whole = client.chat.completions.create(model=MODEL, messages=history, tools=[CLOCK])
    expect(whole.choices[0].finish_reason in ("stop", "tool_calls"), whole)


@check
def a_tool_call_is_streamed_in_fragments():
    chunks = chat(tools=[CLOCK], tool_choice="required", stream=True)
    deltas = [call for chunk in chunks for call in chunk.choices[0].delta.tool_calls or []]
    expect(deltas[0].id and deltas[0].function.name == "clock", deltas)
    arguments = "".join(delta.function.arguments for delta in deltas)
    expect(json.loads(arguments)["city"] in CITIES, arguments)


@check
def an_answer_is_parsed_by_its_schema():
    answer = client.chat.completions.parse(
        model=MODEL, messages=[{"role": "user", "content": STORY}], response_format=Clock
    )
    expect_clock(answer.choices[0].message.parsed)


@check
def a_response_is_answered():
    answer = strict.responses.create(model=MODEL, input=STORY, temperature=0)
    expect(answer.output_text == chat().choices[0].message.content, answer)
    expect(answer.status == "completed" and answer.usage.total_tokens > 0, answer)


@check
def a_response_has_log_probabilities():
    fields = {"model": MODEL, "input": STORY, "temperature": 0, "max_output_tokens": 16}
    wanted = {"include": ["message.output_text.logprobs"], "top_logprobs": 2}
    (message,) = strict.responses.create(**fields, **wanted).output
    scores = message.content[0].logprobs
    expect(len(scores) == 16 and all(len(score.top_logprobs) == 2 for score in scores), scores)
    expect("".join(score.token for score in scores) == message.content[0].text, scores)
    events = list(strict.responses.create(**fields, **wanted, stream=True))
    deltas = [event for event in events if event.type == "response.output_text.delta"]
    expect([score.token for event in deltas for score in event.logprobs] == [score.token for score in scores], deltas)


@check
def a_response_calls_a_tool():
    tool = {"type": "function", "strict": True} | CLOCK["function"]
    answer = strict.responses.create(model=MODEL, input=STORY, tools=[tool], tool_choice="required")
    (call,) = answer.output
    expect(call.type == "function_call" and json.loads(call.arguments)["city"] in CITIES, call)
    result = {"type": "function_call_output", "call_id": call.call_id, "output": "noon"}
    history = [{"role": "user", "content": STORY}, call.to_dict(), result]
    expect(strict.responses.create(model=MODEL, input=history, tools=[tool]).output, history)


@check
def a_response_is_streamed():
    events = list(strict.responses.create(model=MODEL, input=STORY, temperature=0, stream=True))
    expect([event.sequence_number for event in events] == list(range(len(events))), events)
    text = "".join(event.delta for event in events if event.type == "response.output_text.delta")
    expect(events[-1].type == "response.completed", events[-1])
    expect(text == events[-1].response.output_text, text)


@check
def a_bad_value_is_a_bad_request():
    bad = openai.BadRequestError
    refused(bad, 400, "invalid_value", "temperature", lambda: chat(temperature=3))
    refused(bad, 400, "invalid_value", "temperature", lambda: chat(temperature=3, stream=True))


@check
def an_unsupported_parameter_is_a_bad_request():
    refused(
        openai.BadRequestError,
        400,
        "unsupported_parameter",
        "functions",
        lambda: chat(functions=[{"name": "clock"}]),
    )


@check
def a_schema_that_is_not_supported_is_a_bad_request():
    schema = {"type": "object", "patternProperties": {"a": {}}}
    refused(
        openai.BadRequestError,
        400,
        "invalid_value",
        "response_format.json_schema.schema",
        lambda: chat(
            response_format={"type": "json_schema", "json_schema": {"name": "a", "schema": schema}}
        ),
    )


@check
def a_prompt_that_is_too_long_is_a_bad_request():
    refused(
        openai.BadRequestError,
        400,
        "context_length_exceeded",
        "messages",
        lambda: chat("word " * 1100),
    )


@check
def an_unknown_model_is_not_found():
    missing = openai.NotFoundError
    refused(missing, 404, "model_not_found", "model", lambda: chat(model="nobody"))
    refused(missing, 404, "model_not_found", "model", lambda: client.models.retrieve("nobody"))


@check
def an_endpoint_that_is_not_built_is_not_found():
    refused(
        openai.NotFoundError,
        404,
        "not_found",
        None,
        lambda: client.moderations.create(input=STORY),
    )


@check
def a_method_that_is_not_built_is_a_status_error():
    refused(
        openai.APIStatusError,
        405,
        "method_not_allowed",
        None,
        lambda: client.models.delete(MODEL),
    )


@check
def a_body_that_is_too_large_is_a_status_error():
    refused(
        openai.APIStatusError,
        413,
        "payload_too_large",
        None,
        lambda: chat("x" * (26 << 20)),
    )


run()
