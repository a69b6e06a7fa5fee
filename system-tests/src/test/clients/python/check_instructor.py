"""What Instructor makes of Holt's answers."""

import instructor
import openai
from checks import BASE, MODEL, QUESTION, Clock, check, expect_clock, run

client = openai.OpenAI(base_url=BASE, api_key="any", max_retries=0, timeout=60)
MESSAGES = [{"role": "user", "content": QUESTION}]


def ask(mode, kind, **fields):
    patched = instructor.from_openai(client, mode=mode)
    return patched.chat.completions.create(
        model=MODEL, messages=MESSAGES, response_model=kind, max_retries=0, **fields
    )


@check
def an_answer_is_an_object_by_a_tool():
    expect_clock(ask(instructor.Mode.TOOLS, Clock))


@check
def an_answer_is_an_object_by_its_schema():
    expect_clock(ask(instructor.Mode.JSON_SCHEMA, Clock))


@check
def a_response_is_an_object():
    expect_clock(ask(instructor.Mode.RESPONSES_TOOLS, Clock))


@check
def an_object_is_streamed():
    parts = list(ask(instructor.Mode.TOOLS, instructor.Partial[Clock], stream=True))
    expect_clock(Clock(**parts[-1].model_dump()))


run()
