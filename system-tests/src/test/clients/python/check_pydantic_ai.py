"""What Pydantic AI makes of Holt's answers."""

from checks import ANSWER, BASE, MODEL, QUESTION, RESULT, SCRIPTED, Clock, check, expect, expect_clock, run
from pydantic_ai import Agent, NativeOutput, ToolOutput
from pydantic_ai.models.openai import OpenAIChatModel, OpenAIResponsesModel
from pydantic_ai.providers.openai import OpenAIProvider

provider = OpenAIProvider(base_url=BASE, api_key="any")
KINDS = (OpenAIChatModel, OpenAIResponsesModel)
STORY = "Tell me a short story about a dog."


def agent(kind, asked):
    agent = Agent(kind(SCRIPTED, provider=provider))

    @agent.tool_plain
    def get_time(city: str) -> str:
        """Tells the time in a city."""
        asked.append(city)
        return RESULT

    return agent


def call_and_answer(kind):
    asked = []
    result = agent(kind, asked).run_sync(QUESTION)
    expect(result.output == ANSWER and asked == ["Oslo"], (result.output, asked))


@check
def a_tool_is_called_and_its_result_is_read():
    call_and_answer(OpenAIChatModel)


@check
def a_response_calls_a_tool_and_reads_its_result():
    call_and_answer(OpenAIResponsesModel)


@check
def an_answer_is_an_object():
    for kind in KINDS:
        result = Agent(kind(MODEL, provider=provider), output_type=NativeOutput(Clock)).run_sync(QUESTION)
        expect_clock(result.output)


@check
def an_answer_is_an_object_by_a_tool():
    for kind in KINDS:
        result = Agent(kind(MODEL, provider=provider), output_type=ToolOutput(Clock)).run_sync(QUESTION)
        expect_clock(result.output)


@check
def an_agent_is_streamed():
    for kind in KINDS:
        asked = []
        result = agent(kind, asked).run_stream_sync(QUESTION)
        texts = list(result.stream_text(delta=True, debounce_by=None))
        expect("".join(texts) == ANSWER and asked == ["Oslo"], (texts, asked))


@check
def a_text_comes_in_pieces():
    for kind in KINDS:
        # The scripted answer is so short that a busy machine may bring it at once. This one takes the model a while.
        result = Agent(kind(MODEL, provider=provider)).run_stream_sync(STORY)
        texts = list(result.stream_text(delta=True, debounce_by=None))
        expect(len(texts) > 1 and len("".join(texts)) > 40, texts)


run()
