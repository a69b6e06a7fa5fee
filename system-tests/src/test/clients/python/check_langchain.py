"""What LangChain's package for OpenAI makes of Holt's answers."""

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
from langchain_core.messages import HumanMessage
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI, OpenAIEmbeddings


@tool
def get_time(city: str) -> str:
    """Tells the time in a city."""
    return RESULT if city == "Oslo" else "unknown"


def model(name=SCRIPTED, **fields):
    return ChatOpenAI(model=name, base_url=BASE, api_key="any", max_retries=0, timeout=60, **fields)


def call_and_answer(chat):
    with_tools = chat.bind_tools([get_time])
    messages = [HumanMessage(QUESTION)]
    messages.append(with_tools.invoke(messages))
    (call,) = messages[-1].tool_calls
    messages.append(get_time.invoke(call))
    answer = with_tools.invoke(messages)
    expect(answer.text == ANSWER, answer)
    expect(answer.usage_metadata["output_tokens"] > 0, answer)


@check
def a_tool_is_called_and_its_result_is_read():
    call_and_answer(model())


@check
def a_response_calls_a_tool_and_reads_its_result():
    call_and_answer(model(use_responses_api=True))


@check
def a_stream_says_the_same_as_a_whole_answer():
    for by_responses in (False, True):
        chat = model(use_responses_api=by_responses, stream_usage=True)
        texts = [chunk.text for chunk in chat.stream(QUESTION)]
        expect("".join(texts) == chat.invoke(QUESTION).text and len(texts) > 3, texts)


@check
def an_answer_is_an_object():
    for method in ("json_schema", "function_calling"):
        expect_clock(model(MODEL).with_structured_output(Clock, method=method).invoke(QUESTION))


@check
def texts_become_vectors():
    # The client would count tokens as OpenAI's models do.
    embeddings = OpenAIEmbeddings(
        model=EMBEDDER, base_url=BASE, api_key="any", check_embedding_ctx_length=False
    )
    vectors = embeddings.embed_documents(["An otter swims.", "x"])
    one = embeddings.embed_query("x")
    expect(len(vectors) == 2 and len(one) == 32, len(one))
    expect(max(abs(x - y) for x, y in zip(vectors[1], one)) < 1e-5, vectors)


run()
