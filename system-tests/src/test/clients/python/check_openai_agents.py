"""What OpenAI's Agents SDK for Python makes of Holt's answers."""

import asyncio

import agents
import openai
from checks import ANSWER, BASE, MODEL, QUESTION, RESULT, SCRIPTED, Clock, check, expect, expect_clock, run

agents.set_tracing_disabled(True)
client = openai.AsyncOpenAI(base_url=BASE, api_key="any", max_retries=0, timeout=60)
agents.set_default_openai_client(client, use_for_tracing=False)
loop = asyncio.Runner()  # of the client's connections
asked = []


@agents.function_tool
def get_time(city: str) -> str:
    """Tells the time in a city."""
    asked.append(city)
    return RESULT


def agent(model=SCRIPTED, **fields):
    asked.clear()
    return agents.Agent(name="Clock", instructions="Be brief.", model=model, **fields)


def answer(agent):
    return loop.run(agents.Runner.run(agent, QUESTION))


@check
def an_agent_calls_a_tool_and_reads_its_result():
    result = answer(agent(tools=[get_time]))
    expect(result.final_output == ANSWER and asked == ["Oslo"], (result.final_output, asked))
    expect(result.context_wrapper.usage.requests == 2, result.context_wrapper.usage)
    expect(result.context_wrapper.usage.output_tokens > 0, result.context_wrapper.usage)


@check
def an_agent_calls_a_tool_by_chats():
    chats = agents.OpenAIChatCompletionsModel(SCRIPTED, client)
    result = answer(agent(chats, tools=[get_time]))
    expect(result.final_output == ANSWER and asked == ["Oslo"], (result.final_output, asked))


@check
def an_agent_is_streamed():
    async def stream():
        result = agents.Runner.run_streamed(agent(tools=[get_time]), QUESTION)
        events = [event async for event in result.stream_events()]
        return result.final_output, [event.data for event in events if event.type == "raw_response_event"]

    output, events = loop.run(stream())
    deltas = [event.delta for event in events if event.type == "response.output_text.delta"]
    expect(output == ANSWER and "".join(deltas) == ANSWER and len(deltas) > 1, deltas)
    expect(asked == ["Oslo"], asked)


@check
def an_agent_gives_its_output_as_an_object():
    expect_clock(answer(agent(MODEL, output_type=Clock)).final_output)


@check
def an_agent_hands_a_question_to_another():
    other = agent(tools=[get_time])
    first = agent(
        MODEL, handoffs=[other], model_settings=agents.ModelSettings(tool_choice="required")
    )
    result = answer(first)
    expect(result.last_agent is other and result.final_output == ANSWER, result.final_output)


run()
